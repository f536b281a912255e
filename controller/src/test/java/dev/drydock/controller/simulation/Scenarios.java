package dev.drydock.controller.simulation;

import dev.drydock.controller.rollout.Strategy;
import dev.drydock.controller.simulation.HostGroup.Failures;
import dev.drydock.controller.window.WindowDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Scenarios for tests: one release on 1 December 2026; the window opens daily at 02:00 UTC for two hours, cutoff 30 minutes. */
final class Scenarios {
    static final Instant RELEASE = Instant.parse("2026-12-01T00:00:00Z");
    static final Instant OPENS = Instant.parse("2026-12-01T02:00:00Z");
    static final WindowDraft NIGHTLY = window("FREQ=DAILY", Duration.ofHours(2), Duration.ofMinutes(30));
    static final Strategy AT_ONCE = strategy(List.of("100%"), "", "100%", Duration.ZERO);

    private Scenarios() {}

    static WindowDraft window(String rrule, Duration duration, Duration cutoff) {
        return new WindowDraft("window", rrule, "2026-12-01T02:00", "UTC", duration, cutoff, Optional.empty());
    }

    static Strategy strategy(List<String> waves, String most, String threshold, Duration soak) {
        return new Strategy(waves, most, threshold, soak, "", List.of());
    }

    /** Always there, and always as fast. */
    static GroupDraft steady(Duration run, Failures failures) {
        return new GroupDraft("web", 1, 0, run, run, failures, 0, Duration.ZERO);
    }

    static ScenarioDraft draft(int hosts, GroupDraft group, WindowDraft window, Strategy strategy) {
        return new ScenarioDraft(hosts, List.of(group), window, strategy, "2026-12-01", 1, "", false, Duration.ZERO, 1);
    }

    static SimulationResult simulate(int hosts, GroupDraft group, WindowDraft window, Strategy strategy) {
        return simulate(draft(hosts, group, window, strategy));
    }

    static SimulationResult simulate(ScenarioDraft draft) {
        try {
            return Simulation.of(draft.validate(), at -> {});
        } catch (InvalidScenarioException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
