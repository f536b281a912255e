package dev.drydock.agent.facts;

import dev.drydock.agent.backup.BackupLog;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.OsRelease;
import dev.drydock.agent.host.outdated.Outdated;
import dev.drydock.agent.host.outdated.OutdatedProcesses;
import dev.drydock.agent.wordpress.SiteLog;
import dev.drydock.proto.facts.v1.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The facts of the managed system. Equal as long as nothing happens: nothing in them counts or measures by itself, and what can
 * come in any order is sorted.
 */
public final class SystemFacts implements HostFacts {
    private static final Logger LOG = LoggerFactory.getLogger(SystemFacts.class);
    private static final Duration QUESTION = Duration.ofSeconds(20);
    private static final String FIRST_SEEN = "updates-first-seen";

    private final ManagedHost host;
    private final Path proc;
    private final MachineFacts machine;
    private final FilesystemFacts filesystems = new FilesystemFacts();
    private final Optional<PackageFacts> packages;
    private final BackupLog backups;
    private final Self self;
    private final OutdatedProcesses outdatedProcesses;
    private final SiteFacts sites;
    private final MiddlewareFacts middleware;
    private final AccessFacts access;
    private final CertificateFacts certificates;
    /** What could not be read the last time, so that the same trouble is logged once. */
    private final Map<String, String> troubles = new HashMap<>();

    private volatile @Nullable Host last;

    /** @param dataDir of the agent; a small file of what was seen when lies there */
    public SystemFacts(ManagedHost host, Path dataDir, Self self, InstantSource clock) {
        this(host, dataDir, self, clock, Path.of("/proc"));
    }

    SystemFacts(ManagedHost host, Path dataDir, Self self, InstantSource clock, Path proc) {
        this.host = host;
        this.proc = proc;
        this.machine = new MachineFacts(proc);
        this.backups = new BackupLog(dataDir);
        this.self = self;
        this.middleware = new MiddlewareFacts(host.files());
        this.sites = new SiteFacts(host, new SiteLog(dataDir), clock);
        this.access = new AccessFacts(host, clock);
        this.certificates = new CertificateFacts(host, clock, proc);
        this.outdatedProcesses = new OutdatedProcesses(host, proc);
        FirstSeen firstSeen = new FirstSeen(dataDir.resolve(FIRST_SEEN));
        this.packages = host.packages().map(manager -> new PackageFacts(manager, firstSeen, clock));
    }

    @Override
    public Host current() throws InterruptedException {
        Host known = last;
        return known == null ? gather(false) : known;
    }

    @Override
    public synchronized Host gather(boolean refreshLists) throws InterruptedException {
        HostFiles files = host.files();
        Host.Builder facts = Host.newBuilder()
                .setId(self.hostId())
                .setName(self.hostName())
                .setAgentVersion(self.agentVersion())
                .setRoot(files.root().toString());
        part("os-release", () -> facts.setOs(OsFacts.of(OsRelease.read(files), System.getProperty("os.arch", ""))));
        part("kernel", () -> facts.setKernel(machine.kernel()));
        part("boot id", () -> facts.setBootId(machine.bootId()));
        part("boot time", () -> facts.setBootedAt(machine.bootedAt()));
        part("processors", () -> facts.setCpu(machine.cpu()));
        part("memory", () -> facts.setMemoryBytes(machine.memoryBytes()));
        part(
                "file systems",
                () -> facts.addAllFilesystems(
                        filesystems.gather(Files.readString(proc.resolve("self/mounts")), files.root())));
        if (packages.isPresent()) {
            if (refreshLists) {
                part("the archives' lists", packages.get()::refresh);
            }
            part("packages", () -> facts.setPackages(packages.get().gather()));
            part(
                    "middleware",
                    () -> facts.addAllMiddleware(middleware.gather(
                            facts.getPackages(), packages.get().installed())));
        }
        List<String> onlyByReboot = new ArrayList<>();
        part("what runs replaced code", () -> {
            Outdated outdated = outdatedProcesses.find(Job.quiet(QUESTION));
            facts.addAllNeedsRestart(outdated.restart());
            onlyByReboot.addAll(outdated.reboot());
        });
        part("the need of a reboot", () -> {
            onlyByReboot.addAll(waitingForReboot());
            facts.setReboot(RebootFacts.gather(files, machine.kernel(), onlyByReboot));
        });
        part("backups", () -> facts.addAllBackups(BackupFacts.gather(backups)));
        part("failed services", () -> facts.addAllFailedServices(host.services().failed(Job.quiet(QUESTION))));
        part("WordPress sites", () -> facts.addAllSites(sites.gather(Job.quiet(QUESTION))));
        part("access", () -> facts.setAccess(access.gather(refreshLists, Job.quiet(QUESTION))));
        part("certificates", () -> facts.addAllCertificates(certificates.gather(Job.quiet(QUESTION))));
        Host gathered = facts.build();
        last = gathered;
        return gathered;
    }

    /** None in a root directory: the boot is not that system's. */
    private List<String> waitingForReboot() throws HostException, IOException, InterruptedException {
        if (packages.isEmpty() || !host.files().isWholeSystem()) {
            return List.of();
        }
        return packages.get()
                .waitingForReboot(Instant.ofEpochSecond(machine.bootedAt().getSeconds()));
    }

    /** One group of facts. */
    private interface Part {
        void gather() throws HostException, IOException, InterruptedException;
    }

    private void part(String name, Part part) throws InterruptedException {
        try {
            part.gather();
            troubles.remove(name);
        } catch (HostException | IOException | RuntimeException e) {
            String trouble = String.valueOf(e.getMessage());
            if (!trouble.equals(troubles.put(name, trouble))) {
                LOG.warn("{} cannot be told: {}", name, trouble);
            }
        }
    }
}
