package dev.drydock.agent.host.logs;

import dev.drydock.agent.host.HostException;
import java.time.Instant;
import java.util.Optional;

/** Passes on the lines from an instant on. For one thread. */
final class TimedLines implements LogLines {
    private final Instant since;
    private final LogTime time;
    private final LogLines lines;
    private boolean began;
    private boolean cut;
    private boolean first;
    private boolean anyTime;
    private boolean anyLine;
    private boolean tooLate;

    TimedLines(Instant since, LogTime time, LogLines lines) {
        this.since = since;
        this.time = time;
        this.lines = lines;
    }

    /** @param cut whether what comes begins in the middle of a file */
    void begin(boolean cut) {
        this.cut = cut;
        this.first = true;
    }

    @Override
    public void take(String line) throws HostException {
        if (line.isBlank()) {
            return;
        }
        anyLine = true;
        Optional<Instant> at = time.of(line);
        if (at.isPresent()) {
            anyTime = true;
            began = !at.get().isBefore(since);
            tooLate |= cut && first && began;
            first = false;
        }
        if (began) {
            lines.take(line);
        }
    }

    /** Whether the beginning of what was asked for is missing. */
    boolean incomplete() {
        return tooLate;
    }

    /** Whether there were lines, and none of them had a time. */
    boolean timeless() {
        return anyLine && !anyTime;
    }
}
