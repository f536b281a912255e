package dev.drydock.agent.action;

import dev.drydock.agent.backup.BackupLog;
import dev.drydock.agent.facts.HostFacts;
import dev.drydock.agent.host.Boot;
import dev.drydock.agent.host.Listening;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.outdated.OutdatedProcesses;
import dev.drydock.agent.host.wordpress.Artifacts;
import dev.drydock.agent.run.Catalog;
import dev.drydock.agent.wordpress.SiteLog;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The actions and checks of this agent, a line each. They keep nothing between calls, so each is made when it is asked for and
 * costs nothing where no playbook names it.
 */
public final class ActionCatalog implements Catalog {
    private static final Pause SLEEP = Thread::sleep;
    /** Where the package of the agent keeps its versions. */
    private static final Path AGENT = Path.of("/usr/lib/drydock-agent");

    private final ManagedHost host;
    private final HostFacts facts;
    private final BackupLog backups;
    private final Artifacts artifacts;
    private final SiteLog sites;
    private final InstantSource clock;

    /**
     * @param facts of that host
     * @param backups what is known of its backups
     * @param artifacts from the controller
     * @param sites what is known of its WordPress sites
     */
    public ActionCatalog(
            ManagedHost host,
            HostFacts facts,
            BackupLog backups,
            Artifacts artifacts,
            SiteLog sites,
            InstantSource clock) {
        this.host = host;
        this.facts = facts;
        this.backups = backups;
        this.artifacts = artifacts;
        this.sites = sites;
        this.clock = clock;
    }

    @Override
    public Optional<Action> action(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "os.packages" -> new OsPackages(host, SLEEP);
                    case "os.reboot" -> new OsReboot(host, Boot.of(host), facts, SLEEP);
                    case "service.restart" -> new ServiceRestart(host.services(), SLEEP);
                    case "service.restart.needed" ->
                        new ServiceRestartNeeded(host, new OutdatedProcesses(host, Path.of("/proc")), SLEEP);
                    case "service.reload" -> new ServiceReload(host.services(), SLEEP);
                    case "middleware.update" -> new MiddlewareUpdate(host, new Listening(Path.of("/proc")), SLEEP);
                    case "wordpress.update" -> new WordPressUpdate(host, artifacts, SLEEP);
                    case "agent.update" -> new AgentUpdate(host, artifacts, AGENT, SLEEP);
                    case "file.put" -> new FilePut(host);
                    case "certificate.renew" -> new CertificateRenew(host, InstantSource.system(), SLEEP);
                    case "command.run" -> new CommandRun(host);
                    case "backup.create" -> new BackupCreate(host, backups, clock);
                    case "backup.verify" -> new BackupVerify(host, backups, clock);
                    default -> null;
                });
    }

    @Override
    public Optional<Check> check(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "http.check" -> new HttpCheck();
                    case "tcp.check" -> new TcpCheck();
                    case "service.active" -> new ServiceActive(host.services());
                    case "disk.free" -> new DiskFree(host.files());
                    case "load.below" -> new LoadBelow(Path.of("/proc/loadavg"), processors());
                    case "certificate.check" -> new CertificateCheck(host, InstantSource.system());
                    case "command.check" -> new CommandCheck(host.commands());
                    case "log.absent" -> new LogAbsent(host, clock);
                    case "login.failures" -> new LoginFailures(host, clock);
                    case "account.review" -> new AccountReview(host.files(), clock);
                    case "file.permissions" -> new FilePermissions(host.files());
                    case "wordpress.admins" -> new WordPressAdmins(host, sites);
                    case "wordpress.integrity" -> new WordPressIntegrity(host, artifacts, sites, clock);
                    case "sql.check" -> new SqlCheck(host);
                    default -> null;
                });
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
