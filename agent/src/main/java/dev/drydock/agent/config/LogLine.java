package dev.drydock.agent.config;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.slf4j.MDC;

/** A record as one line: whatever is in the message, it cannot begin another. It ends with the run that its thread is at work on. */
final class LogLine extends Formatter {
    /** As the controller's log has it. */
    static final String RUN = "run";

    private final boolean journal;

    LogLine(boolean journal) {
        this.journal = journal;
    }

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder();
        if (journal) {
            line.append('<').append(priority(record.getLevel())).append('>');
        } else {
            line.append(Instant.ofEpochMilli(record.getMillis()).truncatedTo(ChronoUnit.MILLIS))
                    .append(' ')
                    .append(name(record.getLevel()))
                    .append(' ');
        }
        line.append(printable(formatMessage(record)));
        String run = MDC.get(RUN);
        if (run != null) {
            line.append(" [run=").append(printable(run)).append(']');
        }
        if (record.getThrown() != null) {
            line.append(": ").append(printable(trace(record.getThrown())));
        }
        return line.append('\n').toString();
    }

    private static int priority(Level level) {
        return level.intValue() >= Level.SEVERE.intValue()
                ? 3
                : level.intValue() >= Level.WARNING.intValue() ? 4 : level.intValue() >= Level.INFO.intValue() ? 6 : 7;
    }

    private static String name(Level level) {
        return switch (priority(level)) {
            case 3 -> "ERROR";
            case 4 -> "WARN ";
            case 6 -> "INFO ";
            default -> "DEBUG";
        };
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString().strip().replaceAll("\\R\\s*", " | ");
    }

    private static String printable(String text) {
        return text.replaceAll("\\R", " | ").replaceAll("\\p{Cntrl}", "?");
    }
}
