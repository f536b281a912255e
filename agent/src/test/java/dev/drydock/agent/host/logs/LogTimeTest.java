package dev.drydock.agent.host.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-28T13:00:00Z");
    private final LogTime time = new LogTime(ZoneId.of("Asia/Tokyo"), NOW);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-28T12:34:56.123456+00:00 web-01 sshd[1]: x",
                "2026-11-28T12:34:56+0000 web-01 sshd[1]: x",
                "2026-11-28 21:34:56,123 INFO x",
                "[2026-11-28T12:34:56Z] x",
                "Nov 28 21:34:56 web-01 sshd[1]: x",
                "<38>Nov 28 21:34:56 web-01 x",
                "2026/11/28 21:34:56 [error] 12#12: x",
                "[Sat Nov 28 21:34:56.123 2026] [core:error] x",
                "[28-Nov-2026 12:34:56 UTC] PHP Fatal error:  x",
                "[28-Nov-2026 21:34:56 Asia/Tokyo] PHP Fatal error:  x",
                "192.0.2.7 - - [28/Nov/2026:13:34:56 +0100] \"GET / HTTP/1.1\" 200 5",
            })
    void isUnderstoodInTheUsualForms(String line) {
        assertThat(time.of(line)).contains(Instant.parse("2026-11-28T12:34:56Z"));
    }

    @Test
    void aDateWithoutAYearIsTheLastOne() {
        assertThat(time.of("Dec  5 09:00:00 web-01 x")).contains(Instant.parse("2025-12-05T00:00:00Z"));
        assertThat(time.of("Nov  5 09:00:00 web-01 x")).contains(Instant.parse("2026-11-05T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  at Foo.bar", "2026-13-45T99:00:00Z x", "[28-Nov-2026 12:34:56 No/Where] x", "Nothing"})
    void whatIsNoTimeIsNone(String line) {
        assertThat(time.of(line)).isEmpty();
    }
}
