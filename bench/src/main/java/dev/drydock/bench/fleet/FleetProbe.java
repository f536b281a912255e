package dev.drydock.bench.fleet;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.Probe;
import dev.drydock.bench.Settings;
import dev.drydock.bench.fleet.SimulatedAgent.Round;
import dev.drydock.bench.grpc.AgentTransport;
import dev.drydock.bench.grpc.Arrivals;
import dev.drydock.bench.grpc.BareGrpcProbe;
import dev.drydock.bench.grpc.Heartbeats;
import dev.drydock.bench.process.JvmMemory;
import dev.drydock.bench.process.ProcessUsage;
import dev.drydock.bench.process.ScratchDirectory;
import dev.drydock.bench.report.Figure;
import dev.drydock.bench.report.Median;
import dev.drydock.bench.report.Section;
import dev.drydock.bench.tls.Identity;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import dev.drydock.proto.facts.v1.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The real controller under a simulated fleet: agents that enrol, connect, report facts, and answer each offer at once. The
 * playbook is not fetched, as by agents that have it already.
 */
public final class FleetProbe implements Probe {
    private static final Host FACTS = Host.newBuilder()
            .setOs(Os.newBuilder().setFamily("debian").setId("debian").setVersion("12"))
            .setKernel("6.1.0")
            .setPackages(Packages.newBuilder().setManager("apt").setInstalled(400))
            .build();

    private static final Duration RECONNECTED_WITHIN = Duration.ofMinutes(8);

    private final Clock clock;

    public FleetProbe(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Section run(Settings settings) throws InterruptedException {
        try (ScratchDirectory directory = ScratchDirectory.below(settings.directory())) {
            return run(settings, directory.path());
        } catch (IOException e) {
            throw new BenchException("cannot write below " + settings.directory() + ": " + e.getMessage(), e);
        }
    }

    private Section run(Settings settings, Path directory) throws InterruptedException, IOException {
        List<SimulatedAgent> connected = new CopyOnWriteArrayList<>();
        List<Figure> figures = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        ControllerProcess controller = ControllerProcess.start(directory, settings.timeout());
        try (AgentTransport transport = new AgentTransport(controller.agentAddress(), controller.ca());
                Disconnecting _ = () -> connected.forEach(SimulatedAgent::disconnect);
                Heartbeats heartbeats = new Heartbeats(connected, Heartbeats.INTERVAL)) {
            try (Management management = new Management(controller, clock)) {
                management.prepare();
                Growing growing = new Growing(settings, controller, management, transport, connected);
                growing.first();
                for (int agents : settings.steps()) {
                    Step step = growing.to(agents);
                    steps.add(step);
                    figures.addAll(step.figures(settings));
                    System.err.println(step);
                }
                figures.add(new Figure("late_heartbeats", "heartbeats sent late", heartbeats.late(), ""));
            }
            figures.add(new Figure(
                    "peak_rss_mib",
                    "server's peak",
                    controller.process().usage().peakKib() / 1024.0,
                    "MiB"));
            try (Reconnecting reconnecting = new Reconnecting(connected)) {
                connected.forEach(agent -> agent.survive(reconnecting));
                reconnecting.begin();
                controller.process().kill();
                int port = controller.agentPort();
                controller.close();
                controller = ControllerProcess.start(directory, port, settings.timeout());
                System.err.println("killed and started again");
                reconnecting.await(RECONNECTED_WITHIN);
                figures.addAll(figures(reconnecting));
                if (steps.size() > 1) {
                    Charts.write(images(), steps, reconnecting.curve());
                }
            }
        } finally {
            controller.close();
        }
        return new Section(
                "fleet",
                "Fleet: %,d simulated agents, mutual TLS 1.3, one connection each".formatted(settings.agents()),
                figures);
    }

    /** Maven starts this in the module's folder. */
    private static Path images() {
        Path here = Path.of("docs", "images");
        return Files.isDirectory(here) ? here : Path.of("..").resolve(here);
    }

    private static List<Figure> figures(Reconnecting reconnecting) {
        List<Reconnecting.Point> curve = reconnecting.curve();
        int failed = reconnecting.failures().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        System.err.println("attempts that failed: " + reconnecting.failures());
        return List.of(
                new Figure("back_half_s", "half are back, from the kill", at(curve, 0.5), "s"),
                new Figure("back_99_s", "99 % are back", at(curve, 0.99), "s"),
                new Figure("back_all_s", "all are back: the longest wait", at(curve, 1), "s"),
                new Figure("back_attempts", "attempts to connect", reconnecting.attempts(), ""),
                new Figure("back_failed", "attempts that failed, the controller's start among them", failed, ""));
    }

    private static double at(List<Reconnecting.Point> curve, double share) {
        int wanted = (int) Math.ceil(curve.getLast().connected() * share);
        return curve.stream()
                .filter(point -> point.connected() >= wanted)
                .findFirst()
                .orElseThrow()
                .seconds();
    }

    /** Before the event loops end that channels need for it. */
    private interface Disconnecting extends AutoCloseable {
        @Override
        void close();
    }

    /** The fleet as it grows on one controller. */
    private final class Growing {
        private final Settings settings;
        private final ControllerProcess controller;
        private final Management management;
        private final AgentTransport transport;
        private final List<SimulatedAgent> connected;
        private JvmMemory base = new JvmMemory(0, 0);

        private Growing(
                Settings settings,
                ControllerProcess controller,
                Management management,
                AgentTransport transport,
                List<SimulatedAgent> connected) {
            this.settings = settings;
            this.controller = controller;
            this.management = management;
            this.transport = transport;
            this.connected = connected;
        }

        /** As in the bare probe: the first connection loads classes, and is no part of the cost of the others. */
        private void first() throws InterruptedException {
            connect(Enrolment.enrol(transport, management.token(1), 0, 1));
            base = JvmMemory.collected(controller.process());
        }

        private Step to(int agents) throws InterruptedException {
            int more = agents + 1 - connected.size();
            long enrolling = System.nanoTime();
            List<Identity> identities = Enrolment.enrol(transport, management.token(more), connected.size(), more);
            double enrolments = more / seconds(enrolling);
            ProcessUsage before = controller.process().usage();
            long start = System.nanoTime();
            connect(identities);
            double connecting = seconds(start);
            double cpu = cpuMillis(before, controller.process().usage()) / more;
            JvmMemory idle = JvmMemory.collected(controller.process());
            double beating = Heartbeats.cost(controller.process(), agents == settings.agents());
            Rollouts rollouts = new Rollouts(settings, controller, management, connected);
            rollouts.run();
            return new Step(
                    agents,
                    enrolments,
                    more / connecting,
                    cpu,
                    (double) (idle.residentKib() - base.residentKib()) / agents,
                    (double) (idle.heapKib() - base.heapKib()) / agents,
                    beating,
                    Median.of(rollouts.offeredMillis),
                    Median.of(rollouts.durableMillis),
                    rollouts.cpuPerRunMillis);
        }

        private void connect(List<Identity> identities) throws InterruptedException {
            Arrivals arrivals = new Arrivals("connections", identities.size(), BareGrpcProbe.HANDSHAKES_AT_ONCE);
            for (Identity identity : identities) {
                arrivals.admit(settings.timeout());
                SimulatedAgent agent = new SimulatedAgent(() -> transport.as(identity), FACTS, clock, arrivals);
                connected.add(agent);
                agent.connect();
            }
            arrivals.await(settings.timeout());
        }
    }

    private static double cpuMillis(ProcessUsage before, ProcessUsage after) {
        return after.cpu().minus(before.cpu()).toNanos() / 1e6;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** The rollouts of one measurement, one after the other. */
    private static final class Rollouts {
        private final Settings settings;
        private final ControllerProcess controller;
        private final Management management;
        private final List<SimulatedAgent> agents;
        private final List<Double> offeredMillis = new ArrayList<>();
        private final List<Double> durableMillis = new ArrayList<>();
        private double cpuPerRunMillis;

        private Rollouts(
                Settings settings, ControllerProcess controller, Management management, List<SimulatedAgent> agents) {
            this.settings = settings;
            this.controller = controller;
            this.management = management;
            this.agents = agents;
        }

        private void run() throws InterruptedException {
            ProcessUsage before = controller.process().usage();
            for (int number = 1; number <= settings.rounds(); number++) {
                one("bench-" + agents.size() + "-" + number);
            }
            ProcessUsage after = controller.process().usage();
            cpuPerRunMillis = after.cpu().minus(before.cpu()).toNanos() / 1e6 / agents.size() / settings.rounds();
        }

        private void one(String name) throws InterruptedException {
            int all = agents.size();
            Round round = new Round(new Arrivals("offers", all, all), new Arrivals("results", all, all));
            agents.forEach(agent -> agent.begin(round));
            long start = System.nanoTime();
            management.rollOut(name);
            round.offered().await(settings.timeout());
            offeredMillis.add(seconds(start) * 1e3);
            round.durable().await(settings.timeout());
            durableMillis.add(seconds(start) * 1e3);
            management.awaitCompleted(name, settings.timeout());
        }
    }
}
