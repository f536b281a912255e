package dev.drydock.agent.run;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Time since boot as the kernel tells it (proc(5)), suspended time included. */
final class Uptime {
    private static final Path UPTIME = Path.of("/proc/uptime");

    private Uptime() {}

    static Optional<Duration> read() {
        try {
            return parse(Files.readString(UPTIME));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Two numbers of seconds with two decimals: since boot, and idle. */
    static Optional<Duration> parse(String text) {
        String seconds = text.strip().split(" ", -1)[0];
        try {
            return Optional.of(
                    Duration.ofMillis(new BigDecimal(seconds).movePointRight(3).longValue()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
