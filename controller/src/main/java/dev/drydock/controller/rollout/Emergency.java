package dev.drydock.controller.rollout;

import dev.drydock.controller.window.Window;
import dev.drydock.controller.window.WindowDraft;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * A change that cannot wait for a window: it may run from now on, for so long. No freeze holds it up, a second person has to.
 *
 * @param reason for the record; never empty
 * @param lasts how long from when it was made it may start and run
 */
public record Emergency(String reason, Duration lasts) {
    private static final Duration SHORTEST = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(2);
    private static final Duration RESERVE = Duration.ofMinutes(15);

    List<String> problems() {
        if (reason.isBlank()) {
            return List.of("emergency: has no reason; write why it cannot wait for a window");
        }
        return lasts.compareTo(SHORTEST) < 0 || lasts.compareTo(LONGEST) > 0
                ? List.of("emergency_for: " + lasts + " is not between 10m and 48h")
                : List.of();
    }

    /** One opening, which begins at {@code now}; no cutoff, so that an approval that comes late is of use. */
    Window window(Instant now) {
        return new Window(
                WindowDraft.EMERGENCY,
                Optional.empty(),
                LocalDateTime.ofInstant(now, ZoneOffset.UTC),
                ZoneOffset.UTC,
                lasts,
                Duration.ZERO,
                RESERVE);
    }
}
