package dev.drydock.controller.trace;

import dev.drydock.controller.agents.TrafficListener;
import dev.drydock.controller.rollout.DecisionListener;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.run.Endings;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunListener;
import dev.drydock.controller.run.RunStates;
import dev.drydock.proto.agent.v1.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traces runs: one trace a run, from the rollout's decision to the acknowledged result. What happens is told as it happens; the
 * steps are read from the record when the run has ended. On a thread of its own, so that nobody waits for it; when it cannot
 * keep up, spans are left out.
 */
public final class RunTracer implements DecisionListener, TrafficListener, RunListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunTracer.class);
    private static final int WAITING = 10_000;
    private static final int REMEMBERED = 10_000;
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final long CLOSING_SECONDS = 5;

    private final SpanExport export;
    private final Function<String, List<RunEvent>> events;
    private final InstantSource clock;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("traces").factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    private final Endings endings = new Endings();
    private final Map<String, Instant> sent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param events of a run that are on record, in order */
    public RunTracer(
            OtlpEndpoint endpoint, String version, Function<String, List<RunEvent>> events, InstantSource clock) {
        this.export = new SpanExport(endpoint, version, EVERY);
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void decided(Rollout before, Rollout after, List<Run> offers, int missed, Instant durableAt) {
        offers.forEach(run -> soon(run.id(), () -> export.add(run.id(), RunSpans.decision(run, durableAt))));
    }

    @Override
    public void heartbeat() {}

    @Override
    public void offerSent(String runId, Instant offeredAt, Instant sentAt) {
        soon(runId, () -> {
            sent.put(runId, sentAt);
            export.add(runId, RunSpans.offer(offeredAt, sentAt));
        });
    }

    @Override
    public void offerAnswered(String runId, boolean accepted) {}

    @Override
    public void resultAcknowledged(Run run, Instant at) {
        soon(run.id(), () -> export.add(run.id(), RunSpans.report(run, at)));
    }

    @Override
    public void runChanged(Run run) {
        if (RunStates.ended(run.state())) {
            Instant durableAt = clock.instant();
            soon(run.id(), () -> ended(run, durableAt));
        }
    }

    private void ended(Run run, Instant durableAt) {
        List<RunEvent> known = events.apply(run.id());
        if (RunSpans.complete(run, known) && endings.first(run)) {
            RunSpans.ended(run, known, Optional.ofNullable(sent.remove(run.id())), durableAt)
                    .forEach(span -> export.add(run.id(), span));
        }
    }

    private void soon(String runId, Runnable work) {
        thread.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                log.warn("run {} could not be traced: {}", runId, e.toString());
            }
        });
    }

    /** Sends what there is, for a few seconds. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        export.close();
    }
}
