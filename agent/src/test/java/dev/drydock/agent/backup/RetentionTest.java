package dev.drydock.agent.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");
    private static final List<Manifest> ALL =
            List.of(of("a0", "a", 0), of("a9", "a", 9), of("a3", "a", 3), of("a20", "a", 20), of("b99", "b", 99));

    @Test
    void withoutARuleAllStay() {
        assertThat(expired(Optional.empty(), Optional.empty())).isEmpty();
    }

    @Test
    void theNewestStayAndOthersNames() {
        assertThat(expired(Optional.of(2L), Optional.empty())).containsExactly("a9", "a20");
    }

    @Test
    void thoseYoungEnoughStayAndAlwaysTheNewest() {
        assertThat(expired(Optional.empty(), Optional.of(5L))).containsExactly("a9", "a20");
        assertThat(new Retention(Optional.empty(), Optional.of(5L)).expired(ALL, "b", NOW))
                .isEmpty();
    }

    @Test
    void withBothOnlyWhatIsBeyondBothGoes() {
        assertThat(expired(Optional.of(3L), Optional.of(5L))).containsExactly("a20");
        assertThat(expired(Optional.of(1L), Optional.of(10L))).containsExactly("a20");
    }

    private static List<String> expired(Optional<Long> keep, Optional<Long> days) {
        return new Retention(keep, days)
                .expired(ALL, "a", NOW).stream().map(Manifest::id).toList();
    }

    private static Manifest of(String id, String name, long daysOld) {
        return new Manifest(id, name, NOW.minus(Duration.ofDays(daysOld)), false, List.of());
    }
}
