package dev.drydock.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogLineTest {
    @Test
    void isOneLineWhateverTheMessageHolds() {
        LogRecord record = new LogRecord(Level.WARNING, "first\nsecond\r\n<3>forged\u001b[2J");
        record.setThrown(new IllegalStateException("why\nnot"));
        String line = new LogLine(false).format(record);
        assertThat(line).endsWith("\n").containsOnlyOnce("\n").contains(" WARN  first | second | <3>forged?[2J: ");
        assertThat(line).contains("IllegalStateException: why | not | at ");
    }

    @Test
    void tellsTheJournalThePriorityAndLeavesTheTimeToIt() {
        assertThat(new LogLine(true).format(new LogRecord(Level.INFO, "up"))).isEqualTo("<6>up\n");
        assertThat(new LogLine(true).format(new LogRecord(Level.SEVERE, "down")))
                .isEqualTo("<3>down\n");
    }

    @Test
    void namesTheRunThatTheThreadIsAtWorkOn() {
        try (var _ = MDC.putCloseable(LogLine.RUN, "r-1\nr-2")) {
            assertThat(new LogLine(true).format(new LogRecord(Level.INFO, "up")))
                    .isEqualTo("<6>up [run=r-1 | r-2]\n");
        }
        assertThat(new LogLine(true).format(new LogRecord(Level.INFO, "up"))).isEqualTo("<6>up\n");
    }
}
