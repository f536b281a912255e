package dev.drydock.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which of our figures stands beside which bare one. */
final class Comparisons {
    static final String FLEET = "fleet";
    static final String BARE_GRPC = "bare_grpc";
    static final String BARE_SQLITE = "bare_sqlite";

    private record Pair(String label, String section, String ours, String bareSection, String bare) {
        private Pair(String label, String ours, String bareSection, String bare) {
            this(label, FLEET, ours, bareSection, bare);
        }

        /** The same figure of the agent and of the bare client. */
        private static Pair agent(String label, String key) {
            return new Pair(label, "agent", key, "bare_agent", key);
        }
    }

    private static final List<Pair> PAIRS = List.of(
            new Pair("connections/s", "connections_per_s", BARE_GRPC, "connections_per_s"),
            new Pair("server CPU per connect", "cpu_per_connect_ms", BARE_GRPC, "cpu_per_connect_ms"),
            new Pair("server memory per agent", "rss_per_agent_kib", BARE_GRPC, "rss_per_stream_kib"),
            new Pair("server live heap per agent", "heap_per_agent_kib", BARE_GRPC, "heap_per_stream_kib"),
            new Pair("heartbeats of all", "heartbeat_percent", BARE_GRPC, "heartbeat_percent"),
            new Pair("offer all / fan-out to all", "offer_all_ms", BARE_GRPC, "fan_out_ms"),
            new Pair("server CPU per run / per round trip", "cpu_per_run_ms", BARE_GRPC, "cpu_per_round_trip_ms"),
            new Pair("durable events/s / rows/s, 100 a commit", "durable_events_per_s", BARE_SQLITE, "rows_per_s_100"),
            Pair.agent("an agent's start to connected", "start_ms"),
            Pair.agent("an agent's CPU to connected", "start_cpu_ms"),
            Pair.agent("an agent resident, idle", "rss_mib"),
            Pair.agent("an agent's anonymous memory", "anonymous_mib"),
            Pair.agent("an agent's CPU while idle", "idle_cpu_percent"));

    private Comparisons() {}

    static List<Comparison> among(List<Section> sections) {
        List<Comparison> found = new ArrayList<>();
        for (Pair pair : PAIRS) {
            Optional<Section> measured = find(sections, pair.section());
            Optional<Section> bare = find(sections, pair.bareSection());
            if (measured.isPresent() && bare.isPresent()) {
                Figure ours = measured.get().figure(pair.ours());
                found.add(Comparison.of(
                        pair.label(),
                        ours.value(),
                        bare.get().figure(pair.bare()).value(),
                        ours.unit()));
            }
        }
        round(sections).ifPresent(found::add);
        return List.copyOf(found);
    }

    /** Offered to all and all results durable, beside a bare fan-out and as many bare rows, one after the other. */
    private static Optional<Comparison> round(List<Section> sections) {
        Optional<Section> fleet = find(sections, FLEET);
        Optional<Section> grpc = find(sections, BARE_GRPC);
        Optional<Section> sqlite = find(sections, BARE_SQLITE);
        if (fleet.isEmpty() || grpc.isEmpty() || sqlite.isEmpty()) {
            return Optional.empty();
        }
        double took = fleet.get().figure("results_durable_ms").value();
        double rows = fleet.get().figure("durable_events_per_s").value() * took / 1e3;
        double bare = grpc.get().figure("fan_out_ms").value()
                + rows * 1e3 / sqlite.get().figure("rows_per_s_1000").value();
        return Optional.of(Comparison.of("all results durable / fan-out and rows", took, bare, "ms"));
    }

    private static Optional<Section> find(List<Section> sections, String key) {
        return sections.stream().filter(section -> section.key().equals(key)).findFirst();
    }
}
