package dev.drydock.controller.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HealthTest {
    private final AtomicLong nanos = new AtomicLong();
    private final CountDownLatch hanging = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        hanging.countDown();
    }

    private Health health(Duration deadline, Check... checks) {
        return new Health(List.of(checks), deadline, nanos::get);
    }

    private void later() {
        nanos.addAndGet(Health.FRESH.toNanos());
    }

    @Test
    void allChecksHoldOrItDoesNot() {
        try (Health health = health(
                Duration.ofSeconds(20), new Check("a", () -> true), new Check("b", () -> false), new Check("c", () -> {
                    throw new IllegalStateException("no disk");
                }))) {
            Verdict verdict = health.verdict();
            assertThat(verdict.ok()).isFalse();
            assertThat(verdict.checks()).containsExactly(entry("a", true), entry("b", false), entry("c", false));
        }
    }

    @Test
    void aCheckThatHangsDoesNotHoldAndHoldsUpNoOther() {
        try (Health health = health(Duration.ofMillis(50), hanging(new AtomicInteger()), new Check("b", () -> true))) {
            assertThat(health.verdict().checks()).containsExactly(entry("hangs", false), entry("b", true));
        }
    }

    @Test
    void aCheckThatHangsIsNotAskedAgainUntilItAnswers() {
        AtomicInteger asked = new AtomicInteger();
        try (Health health = health(Duration.ofMillis(50), hanging(asked))) {
            for (int i = 0; i < 3; i++) {
                assertThat(health.verdict().ok()).isFalse();
                later();
            }
            assertThat(asked).hasValue(1);
        }
    }

    private Check hanging(AtomicInteger asked) {
        return new Check("hangs", () -> {
            asked.incrementAndGet();
            try {
                hanging.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        });
    }

    @Test
    void anAnswerStandsForASecond() {
        AtomicInteger asked = new AtomicInteger();
        try (Health health = health(Duration.ofSeconds(20), new Check("a", () -> asked.incrementAndGet() % 2 == 1))) {
            assertThat(health.verdict().ok()).isTrue();
            assertThat(health.verdict().ok()).isTrue();
            assertThat(asked).hasValue(1);
            later();
            assertThat(health.verdict().ok()).isFalse();
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void aPulseSaysForHowLongOneThingTakes() {
        Pulse pulse = new Pulse(nanos::get);
        assertThat(pulse.busyFor()).isZero();
        pulse.begin();
        nanos.addAndGet(Duration.ofSeconds(70).toNanos());
        assertThat(pulse.busyFor()).isEqualTo(Duration.ofSeconds(70));
        pulse.end();
        assertThat(pulse.busyFor()).isZero();
    }
}
