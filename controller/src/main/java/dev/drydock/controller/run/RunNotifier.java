package dev.drydock.controller.run;

import dev.drydock.controller.logs.LogKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands changes of runs to listeners on one thread of its own, in order. A listener that throws does not stop the others. */
public final class RunNotifier implements RunListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunNotifier.class);

    private final List<RunListener> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("run-notifier").factory());

    /** Listeners added while runs change hear of the changes that follow. */
    public void add(RunListener listener) {
        listeners.add(listener);
    }

    /** Returns at once. */
    @Override
    public void runChanged(Run run) {
        thread.execute(() -> listeners.forEach(listener -> tell(listener, run)));
    }

    private static void tell(RunListener listener, Run run) {
        try (var _ = LogKey.RUN.with(run.id());
                var _ = LogKey.HOST.with(run.hostId());
                var _ = LogKey.ROLLOUT.with(run.rolloutId())) {
            listener.runChanged(run);
        } catch (RuntimeException e) {
            log.error("a listener failed on a change of run {} to {}", run.id(), run.state(), e);
        }
    }

    /** Delivers what is queued, then ends. Changes after it are refused. */
    @Override
    public void close() {
        thread.close();
    }
}
