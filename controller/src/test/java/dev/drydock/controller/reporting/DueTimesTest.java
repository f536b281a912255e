package dev.drydock.controller.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.window.Occurrences;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DueTimesTest {
    private static final Instant BEGIN = Instant.parse("2026-02-20T00:00:00Z");

    @Provide
    Arbitrary<String> rules() {
        return Arbitraries.of("FREQ=HOURLY", "FREQ=HOURLY;INTERVAL=5", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=SU,WE", "");
    }

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC");
    }

    /** Whenever somebody looks, and however long nobody did: each time is sent for once, or counted once with a later one. */
    @Property(tries = 300)
    void neverTwiceAndNothingPassesUncounted(
            @ForAll("rules") String rule,
            @ForAll("zones") String zone,
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 90_000) Integer> pausesInMinutes) {
        // A Sunday at 02:30, which some clocks jump over and others see twice.
        Occurrences times = new Occurrences(
                Optional.of(rule).filter(one -> !one.isEmpty()),
                LocalDateTime.parse("2026-03-01T02:30"),
                ZoneId.of(zone));
        Instant now = BEGIN;
        Instant since = BEGIN;
        List<Instant> sent = new ArrayList<>();
        int missed = 0;
        for (int pause : pausesInMinutes) {
            now = now.plus(Duration.ofMinutes(pause % 3000));
            Optional<DueTimes.Due> due = DueTimes.due(times, since, now);
            if (due.isPresent()) {
                sent.add(due.get().at());
                missed += due.get().missed();
                since = due.get().at();
            }
            assertThat(DueTimes.due(times, since, now)).as("again at once").isEmpty();
        }
        List<Instant> come = times.within(BEGIN, now);
        assertThat(sent).isSorted().doesNotHaveDuplicates();
        assertThat(come).containsAll(sent);
        assertThat(sent.size() + missed).isEqualTo(come.size());
        assertThat(sent.isEmpty()).isEqualTo(come.isEmpty());
    }

    /** A clock that is set back sends nothing again. */
    @Property(tries = 100)
    void setBackItWaits(@ForAll @IntRange(min = 1, max = 100_000) int backInMinutes) {
        Occurrences daily = new Occurrences(
                Optional.of("FREQ=DAILY"), LocalDateTime.parse("2026-03-01T02:30"), ZoneId.of("Europe/Berlin"));
        Instant last = Instant.parse("2026-05-01T00:30:00Z");
        assertThat(DueTimes.due(daily, last, last.minus(Duration.ofMinutes(backInMinutes))))
                .isEmpty();
    }
}
