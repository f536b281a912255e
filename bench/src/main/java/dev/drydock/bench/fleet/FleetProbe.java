package dev.drydock.bench.fleet;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.Probe;
import dev.drydock.bench.Settings;
import dev.drydock.bench.fleet.SimulatedAgent.Round;
import dev.drydock.bench.grpc.AgentTransport;
import dev.drydock.bench.grpc.Arrivals;
import dev.drydock.bench.grpc.BareGrpcProbe;
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
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

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

    private final Clock clock;

    public FleetProbe(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Section run(Settings settings) throws InterruptedException {
        try (ScratchDirectory directory = ScratchDirectory.below(settings.directory());
                ControllerProcess controller = ControllerProcess.start(directory.path(), settings.timeout());
                Management management = new Management(controller, clock);
                AgentTransport transport = new AgentTransport(controller.agentAddress(), controller.ca())) {
            return measure(settings, controller, management, transport);
        } catch (IOException e) {
            throw new BenchException("cannot write below " + settings.directory() + ": " + e.getMessage(), e);
        }
    }

    private Section measure(
            Settings settings, ControllerProcess controller, Management management, AgentTransport transport)
            throws InterruptedException {
        int agents = settings.agents();
        long enrolling = System.nanoTime();
        List<Identity> identities = Enrolment.enrol(transport, management.token(agents + 1), agents + 1);
        double enrolments = (agents + 1) / seconds(enrolling);
        management.prepare();

        List<SimulatedAgent> connected = new ArrayList<>();
        try {
            // As in the bare probe: the first connection loads classes, and is no part of the cost of the others.
            connected.addAll(connect(transport, identities.subList(0, 1), settings));
            JvmMemory base = JvmMemory.collected(controller.process());

            ProcessUsage before = controller.process().usage();
            long start = System.nanoTime();
            connected.addAll(connect(transport, identities.subList(1, agents + 1), settings));
            double connecting = seconds(start);
            ProcessUsage after = controller.process().usage();
            JvmMemory idle = JvmMemory.collected(controller.process());

            Rollouts rollouts = new Rollouts(settings, controller, management, connected);
            rollouts.run();
            return new Section(
                    "fleet",
                    "Fleet: %,d simulated agents, mutual TLS 1.3, one connection each".formatted(agents),
                    List.of(
                            new Figure("enrolments_per_s", "enrolments", enrolments, "/s"),
                            new Figure("connections_per_s", "connections", agents / connecting, "/s"),
                            new Figure(
                                    "cpu_per_connect_ms",
                                    "server CPU per connection",
                                    after.cpu().minus(before.cpu()).toNanos() / 1e6 / agents,
                                    "ms"),
                            new Figure(
                                    "rss_per_agent_kib",
                                    "server resident memory per idle agent",
                                    (double) (idle.residentKib() - base.residentKib()) / agents,
                                    "KiB"),
                            new Figure(
                                    "heap_per_agent_kib",
                                    "server live heap per idle agent",
                                    (double) (idle.heapKib() - base.heapKib()) / agents,
                                    "KiB"),
                            new Figure(
                                    "offer_all_ms",
                                    "a run offered to all, median",
                                    Median.of(rollouts.offeredMillis),
                                    "ms"),
                            new Figure(
                                    "results_durable_ms",
                                    "all results durable, from the rollout's creation, median",
                                    Median.of(rollouts.durableMillis),
                                    "ms"),
                            new Figure(
                                    "durable_events_per_s",
                                    "events made durable",
                                    connected.size()
                                            * SimulatedAgent.EVENTS_PER_RUN
                                            / (Median.of(rollouts.durableMillis) / 1e3),
                                    "/s"),
                            new Figure("cpu_per_run_ms", "server CPU per run", rollouts.cpuPerRunMillis, "ms"),
                            new Figure(
                                    "peak_rss_mib",
                                    "server's peak",
                                    controller.process().usage().peakKib() / 1024.0,
                                    "MiB")));
        } finally {
            connected.forEach(SimulatedAgent::disconnect);
        }
    }

    private List<SimulatedAgent> connect(AgentTransport transport, List<Identity> identities, Settings settings)
            throws InterruptedException {
        Arrivals arrivals = new Arrivals("connections", identities.size(), BareGrpcProbe.HANDSHAKES_AT_ONCE);
        List<SimulatedAgent> agents = new ArrayList<>();
        for (Identity identity : identities) {
            arrivals.admit(settings.timeout());
            SimulatedAgent agent = new SimulatedAgent(transport.as(identity), FACTS, clock, arrivals);
            agents.add(agent);
            agent.connect();
        }
        arrivals.await(settings.timeout());
        return agents;
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
                one("bench-" + number);
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
