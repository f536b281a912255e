package dev.drydock.bench;

import dev.drydock.bench.agent.AgentProbe;
import dev.drydock.bench.fleet.FleetProbe;
import dev.drydock.bench.grpc.BareGrpcProbe;
import dev.drydock.bench.history.HistoryProbe;
import dev.drydock.bench.jmh.JmhProbe;
import dev.drydock.bench.members.MembersProbe;
import dev.drydock.bench.peer.PeerProbe;
import dev.drydock.bench.process.JavaProcess;
import dev.drydock.bench.process.QuietLogs;
import dev.drydock.bench.report.JsonReport;
import dev.drydock.bench.report.Machine;
import dev.drydock.bench.report.Report;
import dev.drydock.bench.report.Section;
import dev.drydock.bench.simulation.SimulationProbe;
import dev.drydock.bench.sqlite.BareSqliteProbe;
import dev.drydock.bench.targets.Kept;
import dev.drydock.bench.targets.Results;
import dev.drydock.bench.targets.TargetTable;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench}: measures and prints. Exit codes: 0 measured, 1 something expected did not happen, 2 wrong usage. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the controller with a simulated fleet, beside the bare limits of its stack.",
        footer = {"", "Without a command: all of them, each in a JVM of its own, and their comparison."})
final class Main implements Callable<Integer> {
    private static final List<String> PROBES =
            List.of("bare-sqlite", "bare-grpc", "fleet-alone", "simulation", "history", "agent", "peer", "members");
    private static final Duration CHILD_LIMIT = Duration.ofMinutes(30);

    private final Clock clock;
    private final PrintWriter out;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Options options;

    private Main(Clock clock, PrintWriter out) {
        this.clock = clock;
        this.out = out;
    }

    public static void main(String[] arguments) {
        QuietLogs.install();
        System.exit(run(new PrintWriter(System.out, true, StandardCharsets.UTF_8), arguments));
    }

    /** Runs one command line and returns its exit code. */
    static int run(PrintWriter out, String... arguments) {
        return new CommandLine(new Main(Clock.systemUTC(), out))
                .setOut(out)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (!(failure instanceof BenchException)) {
                        throw failure;
                    }
                    command.getErr().println("bench: " + failure.getMessage());
                    return 1;
                })
                .execute(arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        return all(options);
    }

    @Command(name = "all", description = "Every probe, each in a JVM of its own, and their comparison.")
    int all(@Mixin Options chosen) throws InterruptedException {
        return several(chosen, PROBES);
    }

    private int several(Options chosen, List<String> probes) throws InterruptedException {
        Settings settings = chosen.settings();
        Machine machine = Machine.here(settings.directory());
        List<Section> sections = new ArrayList<>();
        boolean whole = true;
        for (String probe : probes) {
            List<String> arguments = new ArrayList<>(List.of(probe));
            arguments.addAll(chosen.forChild());
            try (JavaProcess child = JavaProcess.start(
                    "bench " + probe, List.of(), Main.class.getName(), arguments, ProcessBuilder.Redirect.INHERIT)) {
                sections.addAll(JsonReport.readSections(child.awaitOutput(CHILD_LIMIT)));
            } catch (BenchException e) {
                // Its targets are not measured; those of the others are not lost for that.
                System.err.println("bench: " + probe + ": " + e.getMessage());
                whole = false;
            }
        }
        Report report = Report.of(clock.instant(), settings.agents(), machine, sections);
        out.print(chosen.output().writer().write(report));
        if (chosen.output() == OutputFormat.table) {
            out.print("\n" + TargetTable.of(new Results(List.of(report))));
        }
        out.flush();
        return whole ? 0 : 1;
    }

    @Command(name = "bare-sqlite", description = "Durable rows a second of SQLite alone.")
    int bareSqlite(@Mixin Options chosen) throws InterruptedException {
        return one(chosen, new BareSqliteProbe());
    }

    @Command(name = "bare-grpc", description = "Connections, memory and fan-out of gRPC over mutual TLS alone.")
    int bareGrpc(@Mixin Options chosen) throws InterruptedException {
        return one(chosen, new BareGrpcProbe(clock));
    }

    @Command(
            name = "fleet",
            description =
                    "The controller under simulated agents, beside the bare limits: connections, memory, heartbeats,"
                            + " rollouts, and all that come back after a kill.")
    int fleet(@Mixin Options chosen) throws InterruptedException {
        return several(chosen, List.of("bare-sqlite", "bare-grpc", "fleet-alone"));
    }

    @Command(name = "fleet-alone", description = "The same without the bare limits.")
    int fleetAlone(@Mixin Options chosen) throws InterruptedException {
        return one(chosen, new FleetProbe(clock));
    }

    @Command(name = "simulation", description = "Rollouts simulated for 100,000 hosts over 12 months.")
    int simulation(@Mixin Options chosen) throws InterruptedException {
        return one(chosen, new SimulationProbe());
    }

    @Command(name = "agent", description = "The packed agent: start, memory and CPU while idle, size; ten minutes.")
    int agent(
            @Mixin Options chosen,
            @Option(
                            names = "--folder",
                            defaultValue = "dist/target/drydock-agent",
                            paramLabel = "DIR",
                            description = "The packed agent (default: ${DEFAULT-VALUE}).")
                    Path folder)
            throws InterruptedException {
        Settings settings = chosen.settings();
        Machine machine = Machine.here(settings.directory());
        return print(chosen, settings, machine, new AgentProbe(clock, folder).run(settings));
    }

    @Command(
            name = "history",
            description =
                    "A year of history: the report and pages over it, size per run, what the store takes, retention.")
    int history(
            @Mixin Options chosen,
            @Option(
                            names = "--hosts",
                            defaultValue = "20000",
                            paramLabel = "N",
                            description = "Hosts of the fleet (default: ${DEFAULT-VALUE}).")
                    int hosts,
            @Option(
                            names = "--runs",
                            defaultValue = "2400000",
                            paramLabel = "N",
                            description = "Runs of the year, in rollouts to all hosts (default: ${DEFAULT-VALUE}).")
                    int runs,
            @Option(
                            names = "--data",
                            paramLabel = "DIR",
                            description = "A directory with a drydock.db that was seeded before, of this version or an"
                                    + " older one: a copy of it is measured, --hosts and --runs count for nothing.")
                    @Nullable
                    Path data,
            @Option(
                            names = "--only",
                            split = ",",
                            defaultValue = "pages,capacity,retention",
                            paramLabel = "PART",
                            description = "Of ${COMPLETION-CANDIDATES} (default: all).")
                    Set<HistoryProbe.Part> only)
            throws InterruptedException {
        return one(chosen, new HistoryProbe(hosts, runs, Optional.ofNullable(data), only, clock));
    }

    @Command(name = "peer", description = "Ansible and the packed Drydock in turn on the same hosts; fifteen minutes.")
    int peer(
            @Mixin Options chosen,
            @Option(
                            names = "--hosts",
                            split = ",",
                            defaultValue = "10,20,50",
                            paramLabel = "N",
                            description = "Numbers of hosts, rising (default: ${DEFAULT-VALUE}).")
                    List<Integer> hosts,
            @Option(names = "--times", defaultValue = "3", description = "The median counts (default: 3).") int times)
            throws InterruptedException {
        Settings settings = chosen.settings();
        Machine machine = Machine.here(settings.directory());
        return print(chosen, settings, machine, new PeerProbe(hosts).run(times));
    }

    @Command(
            name = "members",
            description =
                    "Three packed controllers, of which one is killed in a rollout, again and again; three minutes.")
    int members(
            @Mixin Options chosen,
            @Option(
                            names = "--kills",
                            defaultValue = "10",
                            paramLabel = "N",
                            description = "How often (default: ${DEFAULT-VALUE}).")
                    int kills)
            throws InterruptedException {
        Settings settings = chosen.settings();
        Machine machine = Machine.here(settings.directory());
        return print(chosen, settings, machine, new MembersProbe().run(kills));
    }

    @Command(name = "jmh", description = "Hot paths, each alone; four minutes.")
    int jmh(@Mixin Options chosen) throws InterruptedException {
        return one(chosen, new JmhProbe());
    }

    @Command(name = "targets", description = "The table of targets from what is kept; measures nothing.")
    int targets(@Mixin Options chosen) {
        Path kept = chosen.keep().orElseThrow(() -> new BenchException("--keep says where results are kept"));
        out.print(TargetTable.of(new Kept(kept).read()));
        out.flush();
        return 0;
    }

    private int one(Options chosen, Probe probe) throws InterruptedException {
        Settings settings = chosen.settings();
        Machine machine = Machine.here(settings.directory());
        return print(chosen, settings, machine, List.of(probe.run(settings)));
    }

    private int print(Options chosen, Settings settings, Machine machine, List<Section> sections) {
        Report report = Report.of(clock.instant(), settings.agents(), machine, sections);
        chosen.keep().ifPresent(directory -> new Kept(directory).write(report));
        out.print(chosen.output().writer().write(report));
        out.flush();
        return 0;
    }
}
