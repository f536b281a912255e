package dev.drydock.controller.agents;

import dev.drydock.controller.agents.output.RunOutputFiles;
import dev.drydock.controller.artifact.ArtifactFiles;
import dev.drydock.controller.artifact.ArtifactLibrary;
import dev.drydock.controller.playbook.PinnedSigners;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunLedger;
import dev.drydock.controller.run.RunListener;
import dev.drydock.controller.run.RunStore;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.ServerCertificates;
import dev.drydock.controller.security.ServerNames;
import dev.drydock.controller.store.RunTable;
import dev.drydock.controller.store.SqlCertificates;
import dev.drydock.controller.store.SqlEnrolmentTokens;
import dev.drydock.controller.store.SqlHosts;
import dev.drydock.controller.store.SqlRecord;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.TestStores;
import dev.drydock.playbooks.sign.PublicSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A whole agent plane on a free port of this machine, with a real store, for tests. */
final class TestPlane implements AutoCloseable {
    static final PublicSigner SIGNER = PublicSigner.of("release", new byte[32]);

    final Path directory;
    final SqlStore store;
    final SqlRunStore runs;
    final SqlHosts hosts;
    final SqlEnrolmentTokens tokens;
    final CertificateAuthority authority;
    final RunOutputFiles output;
    final ArtifactFiles artifacts;
    final AgentPlane plane;
    final Map<String, byte[]> playbooks = new ConcurrentHashMap<>();

    /** Added to the clock that never jumps. */
    final AtomicLong later = new AtomicLong();

    private TestPlane(Path directory, Options options) throws IOException {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        this.directory = directory;
        this.store = TestStores.open(directory.resolve("drydock.db"));
        this.runs = new SqlRunStore(store, clock, options.listener());
        this.hosts = new SqlHosts(store, clock);
        this.authority = CertificateAuthority.open(directory, clock, random);
        this.tokens = new SqlEnrolmentTokens(store, clock, random, authority.fingerprint());
        this.output = new RunOutputFiles(directory.resolve("output"), options.outputLimit());
        this.artifacts = new ArtifactFiles(directory.resolve("artifacts"), ArtifactLibrary.LARGEST);
        PinnedSigners signers = () -> List.of(SIGNER);
        this.plane = new AgentPlane(
                options.settings(),
                new SqlRecord(store, () -> "a-record").id(),
                authority,
                new ServerCertificates(authority, new SqlCertificates(store), ServerNames.of(List.of()), clock, random),
                hosts,
                options.runs().orElse(runs),
                options.ledger().orElse(runs),
                output,
                digest -> Optional.ofNullable(playbooks.get(digest)),
                artifacts,
                signers,
                clock,
                () -> System.nanoTime() + later.get(),
                random);
        plane.start();
    }

    static TestPlane in(Path directory) throws IOException {
        return in(directory, Options.DEFAULT);
    }

    static TestPlane in(Path directory, Options options) throws IOException {
        return new TestPlane(directory, options);
    }

    String token() {
        return tokens.create(1, Duration.ofHours(1), Map.of("role", "web")).secret();
    }

    /** A host that is enrolled and not connected. */
    TestAgent agent(String name) {
        return TestAgent.enrol(this, name);
    }

    void offer(Run run) {
        record(run);
        plane.dispatcher().wake(run.hostId());
    }

    /** Without telling anybody. */
    void record(Run run) {
        store.writeNow(handle -> {
            RunTable.insert(handle, run);
            return true;
        });
    }

    void passes(Duration time) {
        later.addAndGet(time.toNanos());
    }

    @Override
    public void close() {
        plane.close();
        output.close();
        store.close();
    }

    /** @param runs in front of the store's, for faults */
    record Options(
            AgentPlaneSettings settings,
            long outputLimit,
            RunListener listener,
            Optional<RunStore> runs,
            Optional<RunLedger> ledger) {
        static final Options DEFAULT = new Options(
                settings(1, 1), RunOutputFiles.DEFAULT_LIMIT, run -> {}, Optional.empty(), Optional.empty());

        /** Quick to look, slow to judge: heartbeats are as in production. */
        static AgentPlaneSettings settings(int protocolMin, int protocolMax) {
            return settings(protocolMin, protocolMax, Duration.ofSeconds(10));
        }

        static AgentPlaneSettings settings(int protocolMin, int protocolMax, Duration handshake) {
            return new AgentPlaneSettings(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    "0.1.0-test",
                    protocolMin,
                    protocolMax,
                    Duration.ofDays(30),
                    Duration.ofSeconds(30),
                    3,
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(1),
                    Duration.ofMillis(50),
                    Duration.ofMillis(20),
                    Duration.ofMillis(50),
                    Duration.ofMinutes(5),
                    16,
                    handshake);
        }

        Options with(RunStore store) {
            return new Options(settings, outputLimit, listener, Optional.of(store), ledger);
        }

        Options with(AgentPlaneSettings other) {
            return new Options(other, outputLimit, listener, runs, ledger);
        }

        Options limitingOutput(long limit) {
            return new Options(settings, limit, listener, runs, ledger);
        }
    }
}
