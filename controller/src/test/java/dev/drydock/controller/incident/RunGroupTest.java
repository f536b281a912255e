package dev.drydock.controller.incident;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as the same cause; the table of docs/contracts.md. */
class RunGroupTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http.check on web-05: 502, expected 200 | http.check on <host>: #, expected #",
                "Updates: E: Failed to fetch http://mirror/openssl_3.0.15.deb |"
                        + " updates: e: failed to fetch http://mirror/openssl_#.#.#.deb",
                "disk /dev/sda1 has 1024  bytes left | disk /dev/sda1 has # bytes left",
                "digest 9f2c4d3a1b00 is not cafebabe12 | digest # is not #",
                "web-055 does not answer | web-# does not answer",
                "'' | lost"
            })
    void isWhatDoesNotDifferFromHostToHost(String reason, String cause) {
        assertThat(RunGroup.cause(reason, "web-05", "lost")).isEqualTo(cause);
    }

    @Property
    void staysTheSameWhenItIsTakenAgain(@ForAll String reason, @ForAll @AlphaChars @StringLength(max = 8) String host) {
        String once = RunGroup.cause(reason, host, "lost");

        assertThat(once).doesNotContain("\n").hasSizeLessThanOrEqualTo(200);
        assertThat(RunGroup.cause(once, "", "lost")).isEqualTo(once.isEmpty() ? "lost" : once);
    }

    @Property
    void neitherTheHostNorItsNumbersNorWhatFollowsTheFirstLineMatter(
            @ForAll @IntRange(min = 1, max = 99_999) int one,
            @ForAll @IntRange(min = 1, max = 99_999) int other,
            @ForAll @IntRange(max = 65_535) int port,
            @ForAll @IntRange(max = 65_535) int otherPort,
            @ForAll String tail) {
        String first = RunGroup.cause("Port " + port + " of web-" + one + " is shut", "web-" + one, "lost");
        String second =
                RunGroup.cause("  port " + otherPort + " OF\tdb-" + other + " is shut\n" + tail, "db-" + other, "lost");

        assertThat(second).isEqualTo(first).isEqualTo("port # of <host> is shut");
    }
}
