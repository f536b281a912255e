package dev.drydock.controller.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one question by its checks, all at once and within a deadline: one that has not answered by then does not hold. Who
 * asks often gets an answer that is a moment old, and no check is ever asked again while it has not answered, so that asking
 * costs little whoever asks. Thread-safe.
 */
public final class Health implements AutoCloseable {
    /** For how long an answer stands. */
    static final Duration FRESH = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Health.class);

    private final List<Check> checks;
    private final Duration deadline;
    private final LongSupplier nanos;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("health-", 0).factory());
    private final Map<String, CompletableFuture<Boolean>> asked = new LinkedHashMap<>();
    private @Nullable Verdict last;
    private long lastAt;

    /** @param nanos a clock that never jumps */
    public Health(List<Check> checks, Duration deadline, LongSupplier nanos) {
        this.checks = List.copyOf(checks);
        this.deadline = deadline;
        this.nanos = nanos;
    }

    /** Blocks up to the deadline. */
    public synchronized Verdict verdict() {
        Verdict known = last;
        if (known != null && nanos.getAsLong() - lastAt < FRESH.toNanos()) {
            return known;
        }
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (Check check : checks) {
            answers.add(asked.compute(
                    check.name(), (name, before) -> before == null || before.isDone() ? ask(check) : before));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, deadline.toNanos(), TimeUnit.NANOSECONDS)
                .join();
        Map<String, Boolean> results = new LinkedHashMap<>();
        for (int i = 0; i < checks.size(); i++) {
            results.put(checks.get(i).name(), answers.get(i).getNow(false));
        }
        Verdict verdict = new Verdict(Collections.unmodifiableMap(results));
        tell(verdict);
        last = verdict;
        lastAt = nanos.getAsLong();
        return verdict;
    }

    private CompletableFuture<Boolean> ask(Check check) {
        return CompletableFuture.supplyAsync(() -> check.ok().getAsBoolean(), threads)
                .exceptionally(failure -> {
                    log.warn("the check {} could not be made: {}", check.name(), failure.getMessage());
                    return false;
                });
    }

    /** Once each time that it changes. */
    private void tell(Verdict verdict) {
        Map<String, Boolean> before = last == null ? Map.of() : last.checks();
        verdict.checks().forEach((name, ok) -> {
            if (!ok && before.getOrDefault(name, true)) {
                log.warn("the check {} does not hold any more", name);
            } else if (ok && !before.getOrDefault(name, true)) {
                log.info("the check {} holds again", name);
            }
        });
    }

    /** What has not answered is left alone. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
