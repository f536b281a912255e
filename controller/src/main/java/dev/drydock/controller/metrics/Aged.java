package dev.drydock.controller.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What costs something to find out, found out again at most so often, and only when somebody asks. Thread-safe. */
final class Aged<T> {
    private static final Logger log = LoggerFactory.getLogger(Aged.class);

    private final Supplier<T> source;
    private final Duration period;
    private final LongSupplier nanos;
    private Optional<T> value = Optional.empty();
    private long askedAt;
    private boolean asked;

    /** @param nanos a clock that never jumps */
    Aged(Supplier<T> source, Duration period, LongSupplier nanos) {
        this.source = source;
        this.period = period;
        this.nanos = nanos;
    }

    /** Empty where it could not be found out: then it is tried again when the period is over, too. */
    private synchronized Optional<T> get() {
        if (!asked || nanos.getAsLong() - askedAt >= period.toNanos()) {
            asked = true;
            try {
                value = Optional.of(source.get());
            } catch (RuntimeException e) {
                log.warn("what a metric counts cannot be read: {}", e.getMessage());
                value = Optional.empty();
            }
            askedAt = nanos.getAsLong();
        }
        return value;
    }

    /** A number of it; no number where it could not be found out. */
    double number(ToDoubleFunction<T> of) {
        return get().map(now -> of.applyAsDouble(now)).orElse(Double.NaN);
    }
}
