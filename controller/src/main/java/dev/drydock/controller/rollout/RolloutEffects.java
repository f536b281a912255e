package dev.drydock.controller.rollout;

import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunDispatcher;
import dev.drydock.controller.run.RunListener;
import dev.drydock.controller.run.RunStore;
import dev.drydock.proto.agent.v1.CancelRun;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what was decided, once that is on record. What fails is told, and commanded again. */
final class RolloutEffects {
    private static final Logger log = LoggerFactory.getLogger(RolloutEffects.class);

    private final RunStore runs;
    private final RunDispatcher dispatcher;
    private final RunListener found;
    private final Consumer<String> failed;

    /**
     * @param found told of a run that stands elsewhere than the rollout believes
     * @param failed told the id of a rollout of which a command could not be carried out; by any thread
     */
    RolloutEffects(RunStore runs, RunDispatcher dispatcher, RunListener found, Consumer<String> failed) {
        this.runs = runs;
        this.dispatcher = dispatcher;
        this.found = found;
        this.failed = failed;
    }

    void carryOut(String rolloutId, List<Command> commands) {
        for (Command command : commands) {
            try {
                carryOut(rolloutId, command);
            } catch (RuntimeException e) {
                failed(rolloutId, command, e);
            }
        }
        List<Command.OfferRun> offers = commands.stream()
                .filter(Command.OfferRun.class::isInstance)
                .map(Command.OfferRun.class::cast)
                .toList();
        if (!offers.isEmpty()) {
            offer(rolloutId, offers);
        }
    }

    private void offer(String rolloutId, List<Command.OfferRun> offers) {
        try {
            dispatcher.wake(offers.stream().map(Command.OfferRun::hostId).toList());
        } catch (RuntimeException e) {
            log.error("offers of rollout {} could not be made; it will be tried again", rolloutId, e);
            failed.accept(rolloutId);
        }
        lookFor(rolloutId, offers);
    }

    /** An agent may have brought its run with it before it was offered (the database is older than the run). */
    private void lookFor(String rolloutId, List<Command.OfferRun> offers) {
        List<String> offered = offers.stream().map(Command.OfferRun::runId).toList();
        try {
            runs.begun(offered).forEach(found::runChanged);
        } catch (RuntimeException e) {
            log.error("whether offers of rollout {} had begun before could not be read", rolloutId, e);
            failed.accept(rolloutId);
        }
    }

    private void carryOut(String rolloutId, Command command) {
        switch (command) {
            // Made together, after the others.
            case Command.OfferRun offer -> {}
            case Command.CancelRun cancel ->
                dispatcher.cancel(
                        cancel.hostId(),
                        cancel.runId(),
                        cancel.rollBack() ? CancelRun.Mode.MODE_ROLL_BACK : CancelRun.Mode.MODE_IF_NOT_STARTED,
                        cancel.reason());
            case Command.AllowReboot allow ->
                runs.allowReboot(allow.runId(), allow.step()).whenComplete((run, problem) -> {
                    if (problem == null) {
                        dispatcher.wake(allow.hostId());
                    } else {
                        failed(rolloutId, command, problem);
                    }
                });
            case Command.ConcludeRun conclude ->
                runs.conclude(conclude.runId(), conclude.state(), conclude.reason())
                        .whenComplete((run, problem) -> concluded(rolloutId, command, run, problem));
            case Command.ScheduleTick tick -> {}
            case Command.Note note -> {}
        }
    }

    /** A run that had ended already changes no more, so that nobody else would tell of it. */
    private void concluded(String rolloutId, Command command, Run run, Throwable problem) {
        if (problem == null) {
            found.runChanged(run);
        } else {
            failed(rolloutId, command, problem);
        }
    }

    private void failed(String rolloutId, Command command, Throwable problem) {
        log.error("{} could not be carried out; it will be tried again", command, problem);
        failed.accept(rolloutId);
    }
}
