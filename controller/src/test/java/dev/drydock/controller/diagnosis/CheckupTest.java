package dev.drydock.controller.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.diagnosis.Finding.Level;
import dev.drydock.controller.diagnosis.UpkeepExaminations.Room;
import dev.drydock.controller.notify.Notification;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckupTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void theWorstComesFirstAndWhatCannotBeLookedAtIsTroubleToo() {
        Map<String, Examination> examinations = new LinkedHashMap<>();
        examinations.put("disk", now -> List.of(Finding.fine("disk", "is well")));
        examinations.put("calendars", now -> List.of(Finding.advice("calendars", "is old", "fetch it")));
        examinations.put("database", now -> {
            throw new IOException("locked");
        });

        assertThat(new Checkup(examinations, () -> NOW).findings())
                .extracting(finding -> finding.level() + " " + finding.area() + " " + finding.text())
                .containsExactly(
                        "TROUBLE database could not be looked at: locked",
                        "ADVICE calendars is old",
                        "FINE disk is well");
    }

    @Test
    void aDiskThatFillsIsAdviceBeforeItIsTrouble() throws Exception {
        assertThat(level(30)).isEqualTo(Level.FINE);
        assertThat(level(9)).isEqualTo(Level.ADVICE);
        assertThat(level(2)).isEqualTo(Level.TROUBLE);
        assertThat(level(0)).isEqualTo(Level.TROUBLE);
    }

    private static Level level(int percent) throws Exception {
        return UpkeepExaminations.disk(() -> new Room(percent * 1_000_000L, 100_000_000L))
                .examine(NOW)
                .getFirst()
                .level();
    }

    @Test
    void whatCouldNotBeDeliveredIsTold() throws Exception {
        assertThat(UpkeepExaminations.notifications(() -> Map.of(Notification.State.SENT, 3))
                        .examine(NOW))
                .isEmpty();
        assertThat(UpkeepExaminations.notifications(() -> Map.of(Notification.State.FAILED, 3))
                        .examine(NOW))
                .extracting(Finding::text)
                .containsExactly("3 could not be delivered in the last 90 days");
    }
}
