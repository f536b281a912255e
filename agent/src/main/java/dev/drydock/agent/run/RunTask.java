package dev.drydock.agent.run;

import dev.drydock.agent.journal.CorruptJournalException;
import dev.drydock.proto.agent.v1.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The thread of one run: waits for its window and its turn, has it judged once more, and drives it to its end. A journal that
 * cannot be written stops the run; it goes on from what is on disk after a pause.
 */
final class RunTask implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RunTask.class);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofDays(1);

    private final RunEntry entry;
    private final Engine engine;
    private @Nullable RunHandle handle;

    /**
     * What all runs share.
     *
     * @param stopped told when a run's thread has closed its files, at its end or before
     */
    record Engine(
            RunHandle.Agent agent,
            Admission admission,
            HistoryFile history,
            Turns turns,
            FetchedDirectory fetched,
            Troubles troubles,
            Consumer<RunEntry> stopped) {}

    /** @param handle of a run that was just accepted; null for one that is resumed */
    RunTask(RunEntry entry, Engine engine, @Nullable RunHandle handle) {
        this.entry = entry;
        this.engine = engine;
        this.handle = handle;
    }

    @Override
    public void run() {
        MDC.put("run", entry.id());
        try {
            while (!carriedToItsEnd()) {
                engine.agent().time().await(PAUSE, new Inbox());
            }
        } catch (InterruptedException e) {
            LOG.info("run {} goes on when the agent is back", entry.id());
        } catch (CorruptJournalException e) {
            engine.troubles().add(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            engine.troubles().add("run " + entry.id() + " was stopped by a fault of the agent: " + e, e);
        } finally {
            engine.turns().leave(entry.id());
            engine.stopped().accept(entry);
            MDC.remove("run");
        }
    }

    private boolean carriedToItsEnd() throws InterruptedException, CorruptJournalException {
        try (RunHandle open = open()) {
            drive(open);
            if (open.log().snapshot().ended()) {
                engine.fetched().remove(open.log().snapshot().offer().getPlaybookDigest());
            }
            seal(open);
            return true;
        } catch (IOException e) {
            LOG.error("the journal of run {} fails; it is tried again in {}", entry.id(), PAUSE, e);
            return false;
        } finally {
            handle = null;
            entry.closed();
        }
    }

    private RunHandle open() throws IOException, CorruptJournalException {
        return handle != null ? handle : RunHandle.resume(entry, engine.agent());
    }

    private void seal(RunHandle open) {
        try {
            open.seal();
        } catch (IOException e) {
            LOG.warn("the space that the journal of run {} had reserved is not given back", entry.id(), e);
        }
    }

    private void drive(RunHandle open) throws JournalWriteException, IOException, InterruptedException {
        if (open.log().snapshot().ended()) {
            return;
        }
        Cancels cancels = new Cancels(entry.inbox(), open.log());
        Optional<Ready> ready = open.log().snapshot().state() == RunState.ACCEPTED
                ? whenItsTurnComes(open, cancels)
                : again(open, cancels);
        if (ready.isPresent()) {
            Program program = ready.get().program();
            Estimates likeHosts = Estimates.told(open.log().snapshot().offer().getStepTimesList(), program);
            Estimates estimates = engine.history().estimates(program).or(likeHosts);
            Budget budget = new Budget(program, estimates, ready.get().maxRunDuration());
            engine.fetched().sweep();
            new RunDriver(new RunContext(
                            program,
                            budget,
                            open.log(),
                            open.clock(),
                            cancels,
                            open.output(),
                            open.files(),
                            engine.fetched().of(open.log().snapshot().offer().getPlaybookDigest()),
                            engine.agent().bootId()))
                    .run();
            engine.history().learn(program.playbook().name(), entry.events(0, Integer.MAX_VALUE));
        }
    }

    private record Ready(Program program, Optional<Duration> maxRunDuration) {}

    /** @return empty when it ended without a start */
    private Optional<Ready> whenItsTurnComes(RunHandle open, Cancels cancels)
            throws JournalWriteException, IOException, InterruptedException {
        RunLog log = open.log();
        Instant lastStart = OfferWindow.lastStart(log.snapshot().offer(), entry.accepted());
        while (true) {
            cancels.record();
            Instant now = open.clock().now();
            switch (Planner.beforeStart(log.snapshot(), lastStart, now)) {
                case Decision.Finish(var trigger, var reason) -> {
                    log.end(trigger, reason);
                    return Optional.empty();
                }
                case Decision.WaitUntil(var instant) -> open.clock().awaitUntil(instant, entry.inbox());
                default -> {
                    if (engine.turns().take(entry.id(), entry.inbox())) {
                        return judgedAgain(open);
                    }
                    open.clock().awaitUntil(lastStart.plusSeconds(1), entry.inbox());
                }
            }
        }
    }

    /** Much may have changed since the offer: the host's policy, the pinned signers, the host. */
    private Optional<Ready> judgedAgain(RunHandle open) throws JournalWriteException, InterruptedException {
        if (engine.troubles().any()) {
            open.log().end(RunTrigger.NO_LONGER_ALLOWED, engine.troubles().reason());
            return Optional.empty();
        }
        try {
            byte[] envelope = Files.readAllBytes(open.files().playbook());
            switch (engine.admission().judge(open.log().snapshot().offer(), envelope)) {
                case Verdict.Admitted(var program, var limit) -> {
                    return Optional.of(new Ready(program, limit));
                }
                case Verdict.Refused(var code, var reason) ->
                    open.log().end(RunTrigger.NO_LONGER_ALLOWED, code.word() + ": " + reason);
            }
        } catch (IOException e) {
            open.log().end(RunTrigger.NO_LONGER_ALLOWED, "the kept playbook cannot be read: " + e);
        }
        return Optional.empty();
    }

    /** @return empty when it cannot be carried on and has ended */
    private Optional<Ready> again(RunHandle open, Cancels cancels)
            throws JournalWriteException, IOException, InterruptedException {
        while (!engine.turns().take(entry.id(), entry.inbox())) {
            engine.agent().time().await(LONG, entry.inbox());
            cancels.record();
        }
        RunLog log = open.log();
        try {
            byte[] envelope = Files.readAllBytes(open.files().playbook());
            Program program = engine.admission().bindAgain(log.snapshot().offer(), envelope);
            return Optional.of(new Ready(program, engine.admission().maxRunDuration()));
        } catch (IOException e) {
            lost(log, "its playbook cannot be read: " + e);
        } catch (UnusablePlaybookException e) {
            lost(log, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    static void lost(RunLog log, String why) throws JournalWriteException {
        List<String> touched = log.snapshot().inOrder().entrySet().stream()
                .filter(step -> step.getValue().touched())
                .map(step -> Steps.describe(step.getKey(), step.getValue().name()))
                .toList();
        if (touched.isEmpty()) {
            log.end(RunTrigger.UNUSABLE, "cannot go on after a restart, nothing was changed: " + why);
        } else {
            log.end(
                    RunTrigger.WAY_BACK_LOST,
                    "CANNOT GO ON OR BACK after a restart: " + why + "; look at what was begun: "
                            + String.join(", ", touched));
        }
    }
}
