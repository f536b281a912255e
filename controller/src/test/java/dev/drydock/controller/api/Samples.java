package dev.drydock.controller.api;

import dev.drydock.controller.rollout.Exclusion;
import dev.drydock.controller.rollout.HostProgress;
import dev.drydock.controller.rollout.Origin;
import dev.drydock.controller.rollout.PlannedHost;
import dev.drydock.controller.rollout.PlaybookVersion;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutPlan;
import dev.drydock.controller.rollout.RolloutState;
import dev.drydock.controller.rollout.Strategy;
import dev.drydock.controller.window.Opening;
import dev.drydock.controller.window.Window;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rollouts for tests. */
final class Samples {
    static final Opening OPENING =
            new Opening(FakeHosts.NOON, FakeHosts.NOON.plusSeconds(3600), FakeHosts.NOON.plusSeconds(2700));

    private Samples() {}

    /** Two waves, web-01 and then web-02 and web-03; the first host is in this state. */
    static Rollout rollout(RolloutState state, RunState first, String reason) {
        List<PlannedHost> hosts = List.of(
                new PlannedHost("h-1", "web-01", 1, ""),
                new PlannedHost("h-2", "web-02", 2, ""),
                new PlannedHost("h-3", "web-03", 2, ""));
        return rollout("o-1", "web-nov", hosts, state, first, reason);
    }

    /** The first host has a run with the rollout's id and {@code r} for {@code o}. */
    static Rollout rollout(
            String id, String name, List<PlannedHost> hosts, RolloutState state, RunState first, String reason) {
        RolloutPlan plan = new RolloutPlan(
                id,
                name,
                new PlaybookVersion("web-monthly", 7, "d".repeat(64)),
                Map.of("site", "/var/www"),
                "host.labels.role == 'web'",
                new Window(
                        "sunday-night",
                        Optional.empty(),
                        LocalDateTime.ofInstant(FakeHosts.NOON, ZoneOffset.UTC),
                        ZoneOffset.UTC,
                        Duration.ofHours(1),
                        Duration.ofMinutes(15),
                        Window.DEFAULT_RESERVE),
                new Strategy(List.of("1"), "2", "0", Duration.ofMinutes(15), "", List.of()),
                hosts,
                List.of(new Exclusion("web-11", "revoked")),
                new Origin("olga", FakeHosts.NOON.minusSeconds(60), Optional.empty()));
        return new Rollout(
                plan,
                state,
                reason,
                IntStream.range(0, hosts.size())
                        .mapToObj(i -> i == 0
                                ? progress(hosts.get(i), id.replace('o', 'r'), first, "")
                                : progress(hosts.get(i), "", RunState.RUN_STATE_UNSPECIFIED, i == 1 ? "offline" : ""))
                        .toList(),
                1,
                Optional.of(OPENING),
                Optional.of(OPENING.opens()),
                Optional.empty(),
                Rollout.Stop.NOT,
                false,
                Optional.of(FakeHosts.NOON),
                state.ended() ? Optional.of(FakeHosts.NOON.plusSeconds(600)) : Optional.empty(),
                List.of());
    }

    private static HostProgress progress(PlannedHost host, String runId, RunState state, String unready) {
        return new HostProgress(
                host,
                runId,
                state,
                "",
                runId.isEmpty() ? "" : "Security updates",
                runId.isEmpty() ? 0 : 1,
                0,
                false,
                HostProgress.Asked.NOTHING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                unready,
                Optional.empty(),
                Optional.empty());
    }
}
