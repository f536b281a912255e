package dev.drydock.controller.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drydock.controller.rollout.Strategy;
import dev.drydock.controller.simulation.HostGroup.Failures;
import dev.drydock.controller.window.WindowDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScenarioDraftTest {
    private static List<String> problems(ScenarioDraft draft) {
        return catchThrowableOfType(InvalidScenarioException.class, draft::validate)
                .problems();
    }

    @Test
    void tellsOfEveryProblemAtOnce() {
        ScenarioDraft draft = new ScenarioDraft(
                200_000,
                List.of(
                        new GroupDraft(
                                "Web",
                                0.5,
                                -1,
                                Duration.ZERO,
                                Duration.ZERO,
                                new Failures(0.9, 0.2, 0, -1),
                                1,
                                Duration.ofDays(-1)),
                        new GroupDraft(
                                "db",
                                0.2,
                                0,
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(4),
                                Failures.NONE,
                                0,
                                Duration.ZERO)),
                new WindowDraft("window", "", "now", "UTC", Duration.ofHours(1), Duration.ZERO, Optional.empty()),
                new Strategy(List.of("x"), "", "", Duration.ZERO, "labels.cluster", List.of()),
                "December",
                61,
                "",
                false,
                Duration.ofHours(1),
                1);

        assertThat(problems(draft))
                .containsExactly(
                        "fleet.hosts: 200000 is not between 1 and 100000",
                        "fleet.groups[0].name: 'Web' is no name; use up to 31 of a-z, 0-9 and '-', no '-' first",
                        "fleet.groups[0].cluster_size: -1 is not between 0 (none) and 1000",
                        "fleet.groups[0].duration.p50: 0s is not between 1s and 7d",
                        "fleet.groups[0].failures.hang: -100% is not between 0% and 100%",
                        "fleet.groups[0].offline.share: 100% is not between 0% and 99%",
                        "fleet.groups[0].offline.length: is not between 1s and 366d",
                        "fleet.groups[1].duration.p95: 4m is not between p50, 5m, and 7d",
                        "fleet.groups: their shares add up to 70%, not to 100%",
                        "window.start: 'now' is no local date and time; write for example 2026-11-29T02:00 (the offset comes"
                                + " from the zone)",
                        "strategy.waves[0]: 'x' is no number of hosts; write a count from 1, such as 3, or a share from 1%"
                                + " to 100%",
                        "strategy.never_together: no group has a cluster_size, so that there is nothing to keep apart",
                        "span.months: 61 is not between 1 and 60",
                        "span.from: 'December' is no day; write for example 2026-12-01",
                        "grain: is not between 1s and 10m");
    }

    @Test
    void failuresOfMoreThanAllRunsAreRefused() {
        GroupDraft group = Scenarios.steady(Duration.ofMinutes(1), new Failures(0.6, 0.6, 0, 0));

        assertThat(problems(Scenarios.draft(1, group, Scenarios.NIGHTLY, Scenarios.AT_ONCE)))
                .containsExactly("fleet.groups[0].failures: add up to 120%, more than all runs");
    }

    private static ScenarioDraft releasing(String rrule) {
        return new ScenarioDraft(
                10,
                List.of(Scenarios.steady(Duration.ofMinutes(1), Failures.NONE)),
                new WindowDraft(
                        "window",
                        "FREQ=DAILY",
                        "2026-12-01T02:00",
                        "Europe/Berlin",
                        Duration.ofHours(1),
                        Duration.ZERO,
                        Optional.empty()),
                Scenarios.AT_ONCE,
                "2026-12-01",
                3,
                rrule,
                false,
                Duration.ZERO,
                1);
    }

    @Test
    void releasesAreDaysOfTheWindowsZoneInTheSpan() throws InvalidScenarioException {
        assertThat(releasing("FREQ=MONTHLY;BYDAY=2TU").validate().releases())
                .containsExactly(
                        Instant.parse("2026-12-07T23:00:00Z"),
                        Instant.parse("2027-01-11T23:00:00Z"),
                        Instant.parse("2027-02-08T23:00:00Z"));
        assertThat(problems(releasing("FREQ=YEARLY;BYMONTH=6")))
                .containsExactly("releases.rrule: 'FREQ=YEARLY;BYMONTH=6' gives no day in the span");
        assertThat(problems(releasing("FREQ=HOURLY")).getFirst())
                .startsWith("releases.rrule: 'FREQ=HOURLY' gives more than 120 days in the span");
        assertThat(problems(releasing("monthly")).getFirst()).startsWith("releases.rrule: 'monthly': ");
    }

    @Test
    void theGrainSuitsTheFleet() throws InvalidScenarioException {
        GroupDraft group = Scenarios.steady(Duration.ofMinutes(1), Failures.NONE);

        assertThat(Scenarios.draft(1_000, group, Scenarios.NIGHTLY, Scenarios.AT_ONCE)
                        .validate()
                        .grain())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(Scenarios.draft(100_000, group, Scenarios.NIGHTLY, Scenarios.AT_ONCE)
                        .validate()
                        .grain())
                .isEqualTo(Duration.ofSeconds(30));
    }
}
