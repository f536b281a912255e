package dev.drydock.e2e.cluster;

import dev.drydock.agent.config.AgentPaths;
import dev.drydock.agent.identity.ControllerAddress;
import dev.drydock.agent.identity.Enroller;
import dev.drydock.agent.identity.EnrolmentToken;
import dev.drydock.agent.identity.Identity;
import dev.drydock.agent.identity.IdentityException;
import dev.drydock.agent.identity.IdentityStore;
import dev.drydock.agent.journal.CorruptJournalException;
import dev.drydock.agent.journal.Journal;
import dev.drydock.agent.policy.PolicyFile;
import dev.drydock.agent.run.RunKeeper;
import dev.drydock.agent.run.TimeSource;
import dev.drydock.agent.session.AgentSession;
import dev.drydock.agent.session.AgentStatus;
import dev.drydock.agent.session.ControllerArtifacts;
import dev.drydock.agent.session.Randomness;
import dev.drydock.agent.session.SessionSettings;
import dev.drydock.proto.agent.v1.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agent as it is shipped, its engine, journal, identity and session, on a simulated host, several of them in one process. It dies by
 * being left where it stands, and comes back from what is on its disk.
 */
final class SimAgent implements AutoCloseable {
    private static final String VERSION = "0.1.0";

    private final SimHost host;
    private final AgentPaths paths;
    private final SplittableRandom random;
    private @Nullable RunKeeper keeper;
    private @Nullable Thread session;
    private Instant started = Instant.EPOCH;

    SimAgent(Path directory, SimHost host, long seed) {
        this.host = host;
        this.paths = new AgentPaths(directory, directory.resolve("config"));
        this.random = new SplittableRandom(seed);
    }

    SimHost host() {
        return host;
    }

    void enrol(int port, String token) throws IdentityException, IOException {
        Identity identity = new Enroller(new SecureRandom(), InstantSource.system(), VERSION)
                .enrol(
                        new ControllerAddress("127.0.0.1", port),
                        EnrolmentToken.parse(token),
                        host.name(),
                        "/",
                        Optional.empty());
        IdentityStore store = new IdentityStore(paths.identity());
        store.adopt(store.stage(identity));
    }

    String hostId() {
        return identity().hostId();
    }

    private Identity identity() {
        try {
            return new IdentityStore(paths.identity()).load().orElseThrow();
        } catch (IdentityException | IOException e) {
            throw new IllegalStateException("what was written can be read", e);
        }
    }

    void start() throws IOException, IdentityException {
        Identity identity = identity();
        RunKeeper starting = new RunKeeper(
                paths.data(),
                host,
                identity::signers,
                host,
                new PolicyFile(paths.policy()),
                TimeSource.system(),
                "boot",
                VERSION);
        starting.start();
        AgentSession talking = new AgentSession(
                new SessionSettings(
                        paths.playbooks(),
                        paths.status(),
                        VERSION,
                        "boot",
                        UUID.randomUUID().toString(),
                        Duration.ofMinutes(5),
                        Duration.ofHours(6)),
                identity,
                new IdentityStore(paths.identity()),
                starting,
                host,
                new ControllerArtifacts(),
                TimeSource.system(),
                new Randomness(new SecureRandom(), random.split()));
        keeper = starting;
        started = Instant.now();
        session = Thread.ofPlatform().name(host.name()).daemon().start(() -> {
            try {
                String reason = talking.run();
                throw new IllegalStateException("the controller does not want " + host.name() + " back: " + reason);
            } catch (InterruptedException e) {
                // It was killed.
            }
        });
    }

    /** In the middle of whatever it does; its host stands where it stood. */
    void kill() throws IOException {
        Thread talking = session;
        RunKeeper running = keeper;
        session = null;
        keeper = null;
        if (talking != null && running != null) {
            talking.interrupt();
            running.close();
            try {
                talking.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    boolean isConnected() throws IOException {
        return connectedSince().isPresent();
    }

    /** In this life. */
    Optional<Instant> connectedSince() throws IOException {
        return AgentStatus.read(paths.status())
                .flatMap(AgentStatus::connectedSince)
                .filter(since -> since.isAfter(started));
    }

    /** The controller has said of all that it did that it is durable. */
    boolean hasDelivered() {
        RunKeeper running = keeper;
        return running != null && running.undelivered().isEmpty();
    }

    /** Of each run that it took, what its journal holds. */
    Map<String, List<RunEvent>> journals() throws IOException, CorruptJournalException {
        Map<String, List<RunEvent>> journals = new TreeMap<>();
        Path all = paths.data().resolve("runs");
        try (Stream<Path> runs = Files.list(all)) {
            for (Path run : runs.toList()) {
                journals.put(all.relativize(run).toString(), Journal.read(run.resolve("journal")));
            }
        }
        return journals;
    }

    @Override
    public void close() throws IOException {
        kill();
    }
}
