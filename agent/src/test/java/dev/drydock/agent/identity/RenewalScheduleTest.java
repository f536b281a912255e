package dev.drydock.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.testing.TestCa;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RenewalScheduleTest {
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");

    private final X509Certificate certificate = new TestCa()
            .host("h-1", HostKey.create(new SecureRandom()).request("h-1"), FROM, FROM.plus(Duration.ofDays(30)));

    @Test
    void renewsALittleAfterTwoThirdsOfTheLifeAndNotAllAtOnce() {
        RenewalSchedule schedule = new RenewalSchedule(new Random(7));
        var due = Stream.generate(() -> schedule.due(certificate)).limit(1000).toList();
        assertThat(due).allSatisfy(at -> assertThat(at)
                .isBetween(FROM.plus(Duration.ofDays(20)), FROM.plus(Duration.ofHours(20 * 24 + 36))));
        assertThat(due.stream().distinct().count()).isGreaterThan(900);
    }

    @Test
    void triesAgainManyTimesBeforeTheEnd() {
        RenewalSchedule schedule = new RenewalSchedule(new Random(7));
        Instant now = FROM.plus(Duration.ofDays(20));
        int attempts = 0;
        while (now.isBefore(certificate.getNotAfter().toInstant())) {
            Instant next = schedule.retry(certificate, now);
            assertThat(Duration.between(now, next)).isBetween(Duration.ofSeconds(30), Duration.ofHours(1));
            now = next;
            attempts++;
        }
        assertThat(attempts).isGreaterThan(100);
    }

    @Test
    void goesOnTryingAfterTheEndSinceTheClockMayBeWrong() {
        Instant late = FROM.plus(Duration.ofDays(40));
        assertThat(new RenewalSchedule(new Random(7)).retry(certificate, late)).isAfter(late);
    }
}
