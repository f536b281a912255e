package dev.drydock.controller.web.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WhenTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final When TOKYO = new When(NOON, ZoneId.of("Asia/Tokyo"));

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
    }

    @Test
    void saysTimesInTheReadersZone() {
        assertThat(TOKYO.at(timestamp(NOON))).isEqualTo("Sun 29 Nov 21:00");
        assertThat(TOKYO.at(timestamp(NOON.plus(Duration.ofDays(400))))).isEqualTo("3 Jan 2028 21:00");
        assertThat(TOKYO.iso(timestamp(NOON))).isEqualTo("2026-11-29T12:00:00Z");
        assertThat(TOKYO.zoneName()).isEqualTo("Asia/Tokyo");
    }

    @ParameterizedTest
    @CsvSource({"PT-3M,3 min ago", "PT2H5M,in 2 h 5 min", "PT1S,now", "P-1DT-2H,1 d 2 h ago", "P30D,in 30 d"})
    void saysHowFarAwayTheyAre(Duration away, String said) {
        assertThat(TOKYO.relative(timestamp(NOON.plus(away)))).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,0 s",
        "PT59S,59 s",
        "PT5M7S,5 min 7 s",
        "PT45M30S,45 min",
        "PT3H,3 h",
        "P2DT3H,2 d 3 h",
        "P14DT5H,14 d"
    })
    void saysSpansInTwoUnitsAtMost(Duration span, String said) {
        assertThat(When.span(span)).isEqualTo(said);
    }
}
