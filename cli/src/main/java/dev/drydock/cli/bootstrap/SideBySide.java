package dev.drydock.cli.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** The same with many, so many at once. */
public final class SideBySide {
    private SideBySide() {}

    /** In the order of what was given. What one throws is thrown when all have ended. */
    public static <A, B> List<B> each(int atOnce, List<A> all, Function<A, B> work) {
        try (ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(atOnce, Math.max(1, all.size())), Thread.ofVirtual().factory())) {
            List<Future<B>> futures = all.stream()
                    .map(one -> threads.submit(() -> work.apply(one)))
                    .toList();
            List<B> results = new ArrayList<>();
            for (Future<B> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
