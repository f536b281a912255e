package dev.drydock.bench.grpc;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.Probe;
import dev.drydock.bench.Settings;
import dev.drydock.bench.process.JavaProcess;
import dev.drydock.bench.process.JvmMemory;
import dev.drydock.bench.process.ProcessUsage;
import dev.drydock.bench.process.ScratchDirectory;
import dev.drydock.bench.process.ServerJvm;
import dev.drydock.bench.report.Figure;
import dev.drydock.bench.report.Median;
import dev.drydock.bench.report.Section;
import dev.drydock.bench.tls.Identity;
import dev.drydock.bench.tls.PemFiles;
import dev.drydock.bench.tls.ThrowAwayCa;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The agent plane's ceiling: one bidirectional stream over a TLS 1.3 connection of its own for each agent, the server in a
 * process of its own, and nothing behind it.
 */
public final class BareGrpcProbe implements Probe {
    /** Handshakes under way at once, here and in the fleet. */
    public static final int HANDSHAKES_AT_ONCE = 64;

    private final Clock clock;

    public BareGrpcProbe(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Section run(Settings settings) throws InterruptedException {
        ThrowAwayCa ca = new ThrowAwayCa(clock.instant());
        List<Identity> identities = ca.issue("agent-", settings.agents() + 1);
        try (ScratchDirectory directory = ScratchDirectory.below(settings.directory())) {
            PemFiles.in(directory.path()).write(ca.issue("localhost"), ca);
            try (JavaProcess server = JavaProcess.start(
                            "the bare gRPC server",
                            ServerJvm.FLAGS,
                            BareServer.class.getName(),
                            List.of(
                                    directory.path().toString(),
                                    Long.toString(settings.timeout().toSeconds())),
                            ProcessBuilder.Redirect.INHERIT);
                    AgentTransport transport =
                            new AgentTransport("localhost:" + port(server, settings.timeout()), ca.certificate())) {
                return measure(settings, server, transport, identities);
            }
        } catch (IOException e) {
            throw new BenchException("cannot write below " + settings.directory() + ": " + e.getMessage(), e);
        }
    }

    private static int port(JavaProcess server, Duration timeout) throws InterruptedException {
        String ready = server.awaitLine("its port", line -> line.startsWith(BareServer.READY), timeout);
        return Integer.parseInt(ready.substring(BareServer.READY.length()));
    }

    private static Section measure(
            Settings settings, JavaProcess server, AgentTransport transport, List<Identity> identities)
            throws InterruptedException {
        List<BareAgent> connected = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        try {
            // The first connection loads classes and libraries; it is no part of the cost of the others.
            connected.addAll(connect(transport, identities.subList(0, 1), settings.timeout()));
            JvmMemory base = JvmMemory.collected(server);
            for (int agents : settings.steps()) {
                boolean last = agents == settings.agents();
                String key = last ? "" : "_" + agents;
                String label = settings.steps().size() == 1 ? "" : " (%,d)".formatted(agents);
                int before = connected.size();
                ProcessUsage idle = server.usage();
                long start = System.nanoTime();
                connected.addAll(connect(transport, identities.subList(before, agents + 1), settings.timeout()));
                double seconds = (System.nanoTime() - start) / 1e9;
                double connecting = cpuMillis(idle, server.usage()) / (agents + 1 - before);
                JvmMemory now = JvmMemory.collected(server);
                double beating = beating(server, connected, last);
                List<Double> bursts = new ArrayList<>();
                ProcessUsage quiet = server.usage();
                for (int round = 0; round < settings.rounds(); round++) {
                    bursts.add(burst(server, settings.timeout()));
                }
                double trips = cpuMillis(quiet, server.usage()) / connected.size() / settings.rounds();
                figures.addAll(List.of(
                        new Figure(
                                "connections_per_s" + key,
                                "connections" + label,
                                (agents + 1 - before) / seconds,
                                "/s"),
                        new Figure("cpu_per_connect_ms" + key, "server CPU per connection" + label, connecting, "ms"),
                        new Figure(
                                "rss_per_stream_kib" + key,
                                "server resident memory per idle stream" + label,
                                (double) (now.residentKib() - base.residentKib()) / agents,
                                "KiB"),
                        new Figure(
                                "heap_per_stream_kib" + key,
                                "server live heap per idle stream" + label,
                                (double) (now.heapKib() - base.heapKib()) / agents,
                                "KiB"),
                        new Figure("heartbeat_percent" + key, "heartbeats of all" + label, beating, "% core"),
                        new Figure(
                                "fan_out_ms" + key,
                                "4 KiB to each, 1 KiB back, median" + label,
                                Median.of(bursts),
                                "ms"),
                        new Figure("cpu_per_round_trip_ms" + key, "server CPU per round trip" + label, trips, "ms")));
            }
            figures.add(
                    new Figure("peak_rss_mib", "server's peak", server.usage().peakKib() / 1024.0, "MiB"));
            return new Section(
                    "bare_grpc",
                    "Bare gRPC: %,d streams over mutual TLS 1.3, one connection each".formatted(settings.agents()),
                    figures);
        } finally {
            connected.forEach(BareAgent::disconnect);
        }
    }

    /** In % of one core: what reading them costs where nothing comes of it. */
    private static double beating(JavaProcess server, List<BareAgent> agents, boolean last)
            throws InterruptedException {
        try (Heartbeats _ = new Heartbeats(agents, Heartbeats.INTERVAL)) {
            return Heartbeats.cost(server, last);
        }
    }

    private static double cpuMillis(ProcessUsage before, ProcessUsage after) {
        return after.cpu().minus(before.cpu()).toNanos() / 1e6;
    }

    private static List<BareAgent> connect(AgentTransport transport, List<Identity> identities, Duration timeout)
            throws InterruptedException {
        Arrivals arrivals = new Arrivals("connections", identities.size(), HANDSHAKES_AT_ONCE);
        List<BareAgent> agents = new ArrayList<>();
        for (Identity identity : identities) {
            arrivals.admit(timeout);
            BareAgent agent = new BareAgent(transport.as(identity), arrivals);
            agents.add(agent);
            agent.connect();
        }
        arrivals.await(timeout);
        return agents;
    }

    private static double burst(JavaProcess server, Duration timeout) throws InterruptedException {
        server.send(BareServer.BURST);
        String done = server.awaitLine(
                "the end of a burst", line -> line.startsWith(BareServer.BURST), timeout.plusSeconds(5));
        return Long.parseLong(done.substring(BareServer.BURST.length() + 1)) / 1e6;
    }
}
