package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemTerminalTest {
    @AfterEach
    void forget() {
        System.clearProperty(SystemTerminal.PROPERTY);
        System.clearProperty(SystemTerminal.SIZE);
    }

    @Test
    void theLauncherTellsWhatTheTerminalIs() {
        System.setProperty(SystemTerminal.PROPERTY, "1");
        System.setProperty(SystemTerminal.SIZE, "37 141");
        SystemTerminal terminal = new SystemTerminal(() -> Instant.EPOCH);

        assertThat(terminal.size()).isEqualTo(new Terminal.Size(141, 37));
        assertThat(terminal.output()).isTrue();
        assertThat(terminal.input()).isFalse();
    }

    @Test
    void whatIsNoSizeIsAskedAnew() {
        for (String told : new String[] {"", "0 0", "stty: no", "999999 80"}) {
            System.setProperty(SystemTerminal.SIZE, told);
            assertThat(new SystemTerminal(() -> Instant.EPOCH).size().columns())
                    .as(told)
                    .isPositive()
                    .isLessThan(100_000);
        }
    }
}
