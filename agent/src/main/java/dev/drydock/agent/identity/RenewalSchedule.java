package dev.drydock.agent.identity;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** When a certificate is renewed: after two thirds of its life and a little more, so that a fleet does not come at once. */
public final class RenewalSchedule {
    private static final Duration RETRY_AT_MOST = Duration.ofHours(1);
    private static final Duration RETRY_AT_LEAST = Duration.ofMinutes(1);

    private final RandomGenerator random;

    public RenewalSchedule(RandomGenerator random) {
        this.random = random;
    }

    /** Between 66 and 72 hundredths of its life. */
    public Instant due(X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
        return from.plus(life.multipliedBy(2).dividedBy(3)).plus(part(life.dividedBy(20)));
    }

    /** After a failure: soon enough for a dozen more attempts before the end. */
    public Instant retry(X509Certificate certificate, Instant now) {
        Duration left = Duration.between(now, certificate.getNotAfter().toInstant());
        Duration wait = left.dividedBy(12);
        Duration bounded = wait.compareTo(RETRY_AT_MOST) > 0
                ? RETRY_AT_MOST
                : wait.compareTo(RETRY_AT_LEAST) < 0 ? RETRY_AT_LEAST : wait;
        return now.plus(bounded.dividedBy(2)).plus(part(bounded.dividedBy(2)));
    }

    private Duration part(Duration of) {
        return Duration.ofMillis((long) (of.toMillis() * random.nextDouble()));
    }
}
