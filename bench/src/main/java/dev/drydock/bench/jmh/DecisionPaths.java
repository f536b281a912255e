package dev.drydock.bench.jmh;

import dev.drydock.controller.rollout.Command;
import dev.drydock.controller.rollout.Decision;
import dev.drydock.controller.rollout.Origin;
import dev.drydock.controller.rollout.PlannedHost;
import dev.drydock.controller.rollout.PlaybookVersion;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutEvent;
import dev.drydock.controller.rollout.RolloutMachine;
import dev.drydock.controller.rollout.RolloutPlan;
import dev.drydock.controller.rollout.Strategy;
import dev.drydock.controller.window.InvalidWindowException;
import dev.drydock.controller.window.WindowDraft;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a rollout of 20,000 hosts that are all under way decides on: one of them reports, or time passes. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class DecisionPaths {
    private static final int HOSTS = 20_000;
    private static final Instant OPENS = Instant.parse("2026-11-29T02:00:00Z");

    private Rollout rollout;
    private RolloutEvent report;

    @Setup
    public void offer() throws InvalidWindowException {
        List<PlannedHost> hosts = new ArrayList<>();
        for (int i = 0; i < HOSTS; i++) {
            hosts.add(new PlannedHost("h-" + i, "web-" + i, 1, ""));
        }
        WindowDraft window = new WindowDraft(
                "nights", "", "2026-11-29T02:00", "UTC", Duration.ofHours(4), Duration.ofMinutes(30), Optional.empty());
        RolloutPlan plan = new RolloutPlan(
                "r-1",
                "monthly",
                new PlaybookVersion("monthly", 1, "0".repeat(64)),
                Map.of(),
                "true",
                window.validate(),
                new Strategy(List.of("100%"), "", "10%", Duration.ZERO, "", List.of()),
                hosts,
                List.of(),
                new Origin("ops", OPENS.minusSeconds(3600), Optional.empty()));
        Decision offered = RolloutMachine.decide(
                RolloutMachine.planned(plan, Map.of()), new RolloutEvent.Tick(), OPENS.plusSeconds(1));
        rollout = offered.rollout();
        Command.OfferRun run = offered.commands().stream()
                .filter(Command.OfferRun.class::isInstance)
                .map(Command.OfferRun.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing was offered: " + rollout.state()));
        report = new RolloutEvent.RunChanged(
                run.hostId(),
                run.runId(),
                RunState.RUNNING,
                "",
                "Update",
                Optional.of(OPENS.plusSeconds(2)),
                Optional.empty());
    }

    @Benchmark
    public Decision decideOnReport() {
        return RolloutMachine.decide(rollout, report, OPENS.plusSeconds(5));
    }

    @Benchmark
    public Decision decideOnTick() {
        return RolloutMachine.decide(rollout, new RolloutEvent.Tick(), OPENS.plusSeconds(5));
    }
}
