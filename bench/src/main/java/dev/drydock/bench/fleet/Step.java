package dev.drydock.bench.fleet;

import dev.drydock.bench.Settings;
import dev.drydock.bench.report.Figure;
import java.util.ArrayList;
import java.util.List;

/** What was measured while so many agents were connected. */
record Step(
        int agents,
        double enrolments,
        double connections,
        double connectMillis,
        double residentKib,
        double heapKib,
        double heartbeatPercent,
        double offeredMillis,
        double durableMillis,
        double runMillis) {
    /** The last step's go without a number, as those of a fleet of one size. */
    List<Figure> figures(Settings settings) {
        String key = agents == settings.agents() ? "" : "_" + agents;
        String label = settings.steps().size() == 1 ? "" : " (%,d)".formatted(agents);
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("enrolments_per_s" + key, "enrolments" + label, enrolments, "/s"));
        figures.add(new Figure("connections_per_s" + key, "connections" + label, connections, "/s"));
        figures.add(new Figure("cpu_per_connect_ms" + key, "server CPU per connection" + label, connectMillis, "ms"));
        figures.add(new Figure(
                "rss_per_agent_kib" + key, "server resident memory per idle agent" + label, residentKib, "KiB"));
        figures.add(new Figure("heap_per_agent_kib" + key, "server live heap per idle agent" + label, heapKib, "KiB"));
        figures.add(new Figure("heartbeat_percent" + key, "heartbeats of all" + label, heartbeatPercent, "% core"));
        figures.add(new Figure("offer_all_ms" + key, "a run offered to all, median" + label, offeredMillis, "ms"));
        figures.add(new Figure(
                "results_durable_ms" + key,
                "all results durable, from the rollout's creation, median" + label,
                durableMillis,
                "ms"));
        figures.add(new Figure(
                "durable_events_per_s" + key,
                "events made durable" + label,
                (agents + 1) * SimulatedAgent.EVENTS_PER_RUN / (durableMillis / 1e3),
                "/s"));
        figures.add(new Figure("cpu_per_run_ms" + key, "server CPU per run" + label, runMillis, "ms"));
        return figures;
    }
}
