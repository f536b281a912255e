package dev.drydock.agent.host.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.HostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinePatternsTest {
    @Test
    void findsTextsAndExpressions() throws Exception {
        LinePatterns patterns = new LinePatterns(List.of("[crit]", "/PHP (Fatal|Parse) error/"));

        assertThat(patterns.find("2026 [crit] no")).isTrue();
        assertThat(patterns.find("x PHP Parse error: y")).isTrue();
        assertThat(patterns.find("x PHP Notice: y")).isFalse();
        assertThat(new LinePatterns(List.of("/etc/passwd")).find("open /etc/passwd"))
                .isTrue();
    }

    @Test
    void anExpressionThatTakesForEverIsEnded() {
        LinePatterns patterns = new LinePatterns(List.of("/(a+)+\\1$/"));

        assertThatThrownBy(() -> patterns.find("a".repeat(4000) + "b"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("takes too long on a line of 4001 characters");
    }

    @Test
    void whatIsNoExpressionIsRefused() {
        assertThatThrownBy(() -> new LinePatterns(List.of("/(/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/(/ is no regular expression");
    }
}
