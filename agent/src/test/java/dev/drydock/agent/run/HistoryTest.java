package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.run.History.Key;
import dev.drydock.agent.run.History.Phase;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HistoryTest {
    private static final Key KEY = new Key("a", Phase.APPLY);

    @Property
    void isOneOfTheLatestTimesAndExceededByFew(
            @ForAll @Size(min = History.FEWEST, max = 60) List<@IntRange(max = 100_000) Integer> seconds) {
        Duration p95 = history(seconds).p95(KEY).orElseThrow();

        List<Integer> latest = seconds.subList(Math.max(0, seconds.size() - History.MOST), seconds.size());
        assertThat(latest.stream().map(Duration::ofSeconds)).contains(p95);
        long longer = latest.stream()
                .filter(s -> Duration.ofSeconds(s).compareTo(p95) > 0)
                .count();
        assertThat(longer * 20).isLessThanOrEqualTo(latest.size());
    }

    @Property
    void longerTimesAreNeverEstimatedAsShorter(
            @ForAll @Size(min = History.FEWEST, max = 40) List<@IntRange(max = 100_000) Integer> seconds,
            @ForAll @IntRange(max = 39) int which,
            @ForAll @IntRange(max = 100_000) int more) {
        List<Integer> longer = new java.util.ArrayList<>(seconds);
        int index = which % seconds.size();
        longer.set(index, longer.get(index) + more);

        assertThat(history(longer).p95(KEY).orElseThrow())
                .isGreaterThanOrEqualTo(history(seconds).p95(KEY).orElseThrow());
    }

    @Property(tries = 20)
    void remembersNoMoreThanItsBounds(@ForAll @IntRange(min = 1, max = 3 * History.MOST_KEYS) int steps) {
        History history = History.NONE;
        for (int i = 0; i < steps; i++) {
            history = history.with(new Key("s" + i, Phase.APPLY), Duration.ofSeconds(i));
        }

        assertThat(history.durations()).hasSize(Math.min(steps, History.MOST_KEYS));
        assertThat(history.durations()).containsKey(new Key("s" + (steps - 1), Phase.APPLY));
    }

    @Example
    void ofTooFewNothingIsSaid() {
        assertThat(history(Collections.nCopies(History.FEWEST - 1, 10)).p95(KEY))
                .isEmpty();
        assertThat(history(Collections.nCopies(History.FEWEST, 10)).p95(KEY)).hasValue(Duration.ofSeconds(10));
        assertThat(history(List.of(10, 10, 10, 10, 10)).p95(new Key("a", Phase.VERIFY)))
                .as("another thing")
                .isEmpty();
    }

    private static History history(List<Integer> seconds) {
        History history = History.NONE;
        for (int each : seconds) {
            history = history.with(KEY, Duration.ofSeconds(each));
        }
        return history;
    }
}
