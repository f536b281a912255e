package dev.drydock.bench.targets;

import static dev.drydock.bench.targets.Quantity.figure;

import java.util.ArrayList;
import java.util.List;

/** All that Drydock has set itself about scale and weight, in the order of the table. A probe's key that changes changes here. */
final class Targets {
    private static final String BENCHMARKS = "docs/benchmarks.md";
    private static final String FLEET_TRIED = BENCHMARKS + "#fleet";
    private static final String HISTORY_TRIED = BENCHMARKS + "#a-year-of-history";
    private static final String AGENT_TRIED = BENCHMARKS + "#what-was-tried";
    private static final String PEER_TRIED = BENCHMARKS + "#beside-ansible";
    private static final String MEMBERS_TRIED = "docs/scale.md#what-a-takeover-takes";
    /** As the fleet's probe has it in its title. */
    private static final String ALL = "18,000 ";

    static final List<Target> OF_ALL = all();

    private Targets() {}

    private static List<Target> all() {
        List<Target> all = new ArrayList<>();
        all.addAll(fleet());
        all.addAll(store());
        all.addAll(agent());
        for (int hosts : List.of(10, 20, 50)) {
            all.addAll(peer(hosts));
        }
        all.addAll(members());
        return List.copyOf(all);
    }

    private static List<Target> fleet() {
        return List.of(
                Target.atLeast(
                        18_000,
                        "agents connected at once",
                        new Quantity(List.of("fleet"), "", results -> results.agents("fleet")),
                        FLEET_TRIED),
                Target.atMost(1.3, "memory of an idle agent", figure("fleet", "rss_per_agent_kib", "KiB"), FLEET_TRIED)
                        .times(figure("bare_grpc", "rss_per_stream_kib", "KiB"))
                        .of(ALL),
                Target.atMost(
                                2,
                                "offer to all, all results durable",
                                figure("fleet", "results_durable_ms", "ms"),
                                FLEET_TRIED)
                        .times(bareRollout())
                        .of(ALL),
                Target.atMost(6, "heartbeats of all, of a core", figure("fleet", "heartbeat_percent", "%"), FLEET_TRIED)
                        .beside(figure("bare_grpc", "heartbeat_percent", "%"))
                        .of(ALL),
                Target.atMost(2, "attempts of an agent to come back after a kill", attemptsToComeBack(), FLEET_TRIED)
                        .of(ALL),
                Target.atMost(
                                1.3,
                                "memory of an agent among 18,000, to 1,000",
                                figure("fleet", "rss_per_agent_kib", "KiB"),
                                FLEET_TRIED)
                        .times(figure("fleet", "rss_per_agent_kib_1000", "KiB"))
                        .of(ALL),
                Target.atMost(
                                1.3,
                                "CPU of a run among 18,000, to 1,000",
                                figure("fleet", "cpu_per_run_ms", "ms"),
                                FLEET_TRIED)
                        .times(figure("fleet", "cpu_per_run_ms_1000", "ms"))
                        .of(ALL));
    }

    /** One that meets a controller not yet there is no storm; more of them are. */
    private static Quantity attemptsToComeBack() {
        return new Quantity(List.of("fleet"), "", results -> results.figure("fleet", "back_attempts")
                .flatMap(attempts -> results.agents("fleet").map(agents -> attempts.value() / agents)));
    }

    /** Fan-out and answers by bare gRPC, and as many rows as the rollout had events by bare group commits. */
    private static Quantity bareRollout() {
        return Quantity.of(
                "ms",
                List.of(
                        "bare_grpc.fan_out_ms",
                        "bare_sqlite.rows_per_s_100",
                        "fleet.durable_events_per_s",
                        "fleet.results_durable_ms"),
                of -> of.get(0) + of.get(2) * of.get(3) / of.get(1));
    }

    private static List<Target> store() {
        String year = "20,000 hosts, 2,400,000 runs";
        return List.of(
                Target.atLeast(
                                0.5,
                                "results made durable",
                                figure("history", "durable_rows_per_s", "rows/s"),
                                HISTORY_TRIED)
                        .times(figure("history", "bare_rows_per_s", "rows/s")),
                Target.given(
                                "  beside the same rows into the same tables",
                                figure("history", "durable_results_per_s", "/s"),
                                HISTORY_TRIED)
                        .beside(figure("history", "bare_results_per_s", "/s")),
                Target.atMost(100, "compliance report, p99", figure("history", "report_p99_ms", "ms"), HISTORY_TRIED)
                        .of(year),
                Target.atMost(30, "page of hosts, p99", figure("history", "hosts_p99_ms", "ms"), HISTORY_TRIED)
                        .of(year),
                Target.atMost(30, "page of one host, p99", figure("history", "host_p99_ms", "ms"), HISTORY_TRIED)
                        .of(year),
                Target.atMost(
                                50,
                                "longest wait of a write in retention",
                                figure("history", "write_sweeping_longest_ms", "ms"),
                                HISTORY_TRIED)
                        .beside(figure("history", "write_alone_longest_ms", "ms"))
                        .of(year),
                Target.given("database, for each run", figure("history", "bytes_per_run", "B"), HISTORY_TRIED)
                        .of(year));
    }

    private static List<Target> agent() {
        return List.of(
                Target.atMost(45, "agent resident, idle", figure("agent", "rss_mib", "MiB"), AGENT_TRIED)
                        .beside(figure("bare_agent", "rss_mib", "MiB")),
                Target.given("  of it private (anonymous)", figure("agent", "anonymous_mib", "MiB"), AGENT_TRIED)
                        .beside(figure("bare_agent", "anonymous_mib", "MiB")),
                Target.atMost(400, "agent's start to connected", figure("agent", "start_ms", "ms"), AGENT_TRIED)
                        .beside(figure("bare_agent", "start_ms", "ms")),
                Target.atMost(40, "agent's image, best compressed", bestCompressed(), AGENT_TRIED),
                Target.atMost(
                                0.05,
                                "agent's CPU while idle, of a core",
                                figure("agent", "idle_cpu_percent", "%"),
                                AGENT_TRIED)
                        .beside(figure("bare_agent", "idle_cpu_percent", "%")));
    }

    /** Of the ways to compress that this machine has. */
    private static Quantity bestCompressed() {
        return new Quantity(
                List.of("image"), "MiB", results -> results.section("image").flatMap(image -> image.figures().stream()
                        .filter(figure -> figure.key().matches("image_.+_mib"))
                        .map(dev.drydock.bench.report.Figure::value)
                        .min(Double::compare)));
    }

    private static List<Target> peer(int hosts) {
        String section = "peer_" + hosts;
        List<Target> targets = new ArrayList<>();
        targets.add(against(10, "check, ", "", "check", "wall_s", "s", section, hosts));
        targets.add(against(20, "check, ", ", CPU here a host", "check", "cpu_ms", "ms", section, hosts));
        targets.add(against(10, "check of news, ", "", "check_news", "wall_s", "s", section, hosts));
        targets.add(against(20, "check of news, ", ", CPU here a host", "check_news", "cpu_ms", "ms", section, hosts));
        targets.add(against(1, "apply, ", "", "apply", "wall_s", "s", section, hosts));
        targets.add(against(1, "roll back, ", "", "rollback", "wall_s", "s", section, hosts));
        return targets;
    }

    private static Target against(
            double limit, String task, String what, String key, String which, String unit, String section, int hosts) {
        return Target.atLeast(
                        limit, task + hosts + " hosts" + what, figure(section, key + "_" + which, unit), PEER_TRIED)
                .fasterThan(figure(section, key + "_ansible_" + which, unit));
    }

    /** Measured by the test that judges it. */
    private static List<Target> members() {
        return List.of(
                Target.atMost(
                        10, "agents moved from a killed controller", figure("members", "moved_s", "s"), MEMBERS_TRIED),
                Target.atMost(
                        0, "runs lost or doubled by it", figure("members", "lost_or_doubled", ""), MEMBERS_TRIED));
    }
}
