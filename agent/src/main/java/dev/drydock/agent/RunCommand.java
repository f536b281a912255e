package dev.drydock.agent;

import dev.drydock.agent.config.AgentPaths;
import dev.drydock.agent.config.AgentVersion;
import dev.drydock.agent.config.InstanceLock;
import dev.drydock.agent.config.LogSetup;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.identity.Identity;
import dev.drydock.agent.identity.IdentityException;
import dev.drydock.agent.identity.IdentityStore;
import dev.drydock.agent.identity.Readiness;
import dev.drydock.playbooks.model.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code drydock-agent run}. */
@Command(
        name = "run",
        description = {
            "Runs the agent until it is told to stop (SIGTERM or SIGINT).",
            "Runs that have begun are carried on from their journals, at the next start too. The log goes to standard"
                    + " error."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock-agent run",
            "  drydock-agent run --data /srv/agent --root /mnt/golden --log-level debug",
            "",
            "Exit codes: 0 stopped, 1 failed, 2 usage, 3 the controller does not want this host back."
        })
final class RunCommand implements Callable<Integer> {
    private static final String HOST_LOCK = "/run/drydock-agent.lock";
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    private final Main.Terminal terminal;

    @Mixin
    final DataOptions where = new DataOptions();

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "The system to manage, where it lies elsewhere than this host enrolled for.")
    @Nullable
    Path root;

    @Option(
            names = "--facts-every",
            paramLabel = "TIME",
            defaultValue = "5m",
            converter = TimeConverter.class,
            description = "How often to look at the host. Default: ${DEFAULT-VALUE}.")
    Duration factsEvery = Duration.ofMinutes(5);

    @Option(
            names = "--lists-every",
            paramLabel = "TIME",
            defaultValue = "6h",
            converter = TimeConverter.class,
            description = "About how often to refresh the package manager's lists. Default: ${DEFAULT-VALUE}.")
    Duration listsEvery = Duration.ofHours(6);

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "error, warn, info or debug. Default: ${DEFAULT-VALUE}.")
    private LogLevel logLevel = LogLevel.INFO;

    enum LogLevel {
        ERROR(Level.SEVERE),
        WARN(Level.WARNING),
        INFO(Level.INFO),
        DEBUG(Level.FINE);

        private final Level level;

        LogLevel(Level level) {
            this.level = level;
        }
    }

    static final class TimeConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return time(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is no time; expected a number and s, m, h or d"));
        }
    }

    RunCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * A call as systemd makes it, read without picocli: that reads all commands' annotations first, a tenth of the time to the
     * connection, and its classes would lie in the memory of each agent for good. What is not plain is left to picocli.
     *
     * @return empty when the call is another command, asks for help, or may be wrong
     */
    static Optional<RunCommand> plain(Main.Terminal terminal, String... args) {
        if (args.length % 2 == 0 || !args[0].equals("run")) {
            return Optional.empty();
        }
        RunCommand command = new RunCommand(terminal);
        Set<String> given = new HashSet<>();
        for (int i = 1; i < args.length; i += 2) {
            String value = args[i + 1];
            boolean plain = !value.isEmpty() && "-@".indexOf(value.charAt(0)) < 0 && given.add(args[i]);
            if (!plain || !command.take(args[i], value)) {
                return Optional.empty();
            }
        }
        return Optional.of(command);
    }

    private boolean take(String option, String value) {
        switch (option) {
            case "--data" -> where.data = Path.of(value);
            case "--config" -> where.config = Path.of(value);
            case "--root" -> root = Path.of(value);
            case "--facts-every" -> {
                Optional<Duration> time = time(value);
                time.ifPresent(every -> factsEvery = every);
                return time.isPresent();
            }
            case "--lists-every" -> {
                Optional<Duration> time = time(value);
                time.ifPresent(every -> listsEvery = every);
                return time.isPresent();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Optional<Duration> time(String text) {
        return Units.duration(text).filter(Duration::isPositive);
    }

    @Override
    public Integer call() throws CommandFailure {
        Readiness.begin();
        LogSetup.install(terminal.err(), logLevel.level, System.getenv("JOURNAL_STREAM") != null);
        AgentPaths paths = where.paths();
        try (InstanceLock lock = InstanceLock.take(paths.lock())
                .orElseThrow(
                        () -> CommandFailure.failed("another agent runs with the data directory " + paths.data()))) {
            IdentityStore store = new IdentityStore(paths.identity());
            Identity identity = store.load()
                    .orElseThrow(() -> CommandFailure.failed(
                            "this host is not enrolled; run drydock-agent enroll first (drydock-agent enroll --help)"));
            store.removeOthers();
            ManagedHost host = managed(Optional.ofNullable(root).orElse(Path.of(identity.root())));
            try (InstanceLock only = onlyOneOf(host)) {
                LOG.info("drydock-agent {} for {}", AgentVersion.get(), identity);
                host.limits().forEach(LOG::info);
                return run(new Agent(paths, store, identity, host, factsEvery, listsEvery));
            }
        } catch (IdentityException e) {
            throw e.isRefused()
                    ? CommandFailure.refused(String.valueOf(e.getMessage()))
                    : CommandFailure.failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CommandFailure.failed(
                    "the agent cannot run with the data directory " + paths.data() + ": " + e.getMessage());
        }
    }

    /** Two agents, of two controllers for example, would each change the host without knowing of the other's run. */
    private static InstanceLock onlyOneOf(ManagedHost host) throws CommandFailure, IOException {
        return InstanceLock.take(host.files().resolve(HOST_LOCK))
                .orElseThrow(() -> CommandFailure.failed("another agent, with another data directory, manages this host"
                        + " already (it holds " + HOST_LOCK + "); a host has one agent and one controller"));
    }

    private static ManagedHost managed(Path root) throws CommandFailure {
        try {
            return ManagedHost.open(root.toAbsolutePath());
        } catch (IOException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private static int run(Agent agent) throws IOException {
        StopSignal signal = StopSignal.watch();
        try {
            String reason = agent.run();
            LOG.error("no run is open any more; the agent ends: {}", reason);
            agent.close();
            return ExitCode.REFUSED;
        } catch (InterruptedException e) {
            // Not closed: that would end the programs of a run, apt in the middle of its work. The process ends as in
            // a crash, which every run survives: the next start finds those programs, or what they left.
            return ExitCode.DONE;
        } finally {
            signal.done();
        }
    }
}
