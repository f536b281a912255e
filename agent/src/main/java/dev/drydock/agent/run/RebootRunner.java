package dev.drydock.agent.run;

import dev.drydock.agent.action.Action.Applied;
import dev.drydock.agent.action.StepContext;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Carries out a step whose change is a reboot. That the host is asked is on record before it is; a boot id that is another one
 * afterwards is the answer. Where the agent comes back and the boot is the same, it asks again.
 */
final class RebootRunner {
    /** A host that does not go down when asked so often has a reason, which a person has to find. */
    static final int MOST = 3;

    private final RunContext run;
    private final CheckRunner checks;

    RebootRunner(RunContext run, CheckRunner checks) {
        this.run = run;
        this.checks = checks;
    }

    void requestLeave(int index) throws IOException {
        run.log().step(event(index, StepState.STEP_AWAITING_REBOOT));
    }

    /** Returns without having rebooted when the time is up, or something else came that the run has to look at. */
    void awaitLeave(int index, Instant latest) throws IOException, InterruptedException {
        Inbox inbox = run.cancels().inbox();
        if (inbox.takeLeave(index)) {
            reboot(index);
        } else {
            run.clock().awaitUntil(latest.plusNanos(1), inbox);
        }
    }

    /** Does not return where the host goes down. */
    void reboot(int index) throws IOException, InterruptedException {
        StepSnapshot step = run.snapshot().step(index);
        if (step.reboot().isEmpty()) {
            ask(index);
            return;
        }
        StepSnapshot.Reboot asked = step.reboot().get();
        if (!asked.bootId().equals(run.bootId())) {
            Duration took = Duration.between(asked.firstAsked(), run.now());
            run.log().step(event(index, StepState.APPLIED).setTook(Instants.of(took)));
        } else if (asked.asked() >= MOST) {
            fail(index, "the host did not go down, although it was asked " + asked.asked() + " times");
        } else if (!run.now().isBefore(goneBy(index))) {
            fail(index, stillUp(index));
        } else if (!run.budget().fits(run.snapshot(), index, run.now())) {
            fail(index, "the host is not asked again: a reboot does not fit into the window any more");
        } else {
            ask(index);
        }
    }

    private void ask(int index) throws IOException, InterruptedException {
        run.log().step(event(index, StepState.STEP_REBOOTING).setBootId(run.bootId()));
        RunContext.Span span = run.span();
        Instant by = goneBy(index);
        Attempt<Applied> attempt = Attempt.of(() -> {
            StepContext context = run.of(index, Duration.between(run.now(), by));
            StepSnapshot step = run.snapshot().step(index);
            return run.program().steps().get(index).action().apply(context, step.undo());
        });
        if (attempt instanceof Attempt.Failed<Applied> failure) {
            run.log().step(span.failed(event(index, StepState.FAILED), failure));
            return;
        }
        // Here the agent's process ends. A cancel is recorded, but there is no stopping it.
        boolean unused = checks.awaitUntil(by, false);
        run.log().step(span.end(event(index, StepState.FAILED).setReason(Text.line(stillUp(index)))));
    }

    /** Half of the step's time is for going down, half for coming up. */
    private Instant goneBy(int index) {
        Duration half = run.program().steps().get(index).timeout().dividedBy(2);
        Instant since = run.snapshot()
                .step(index)
                .reboot()
                .map(StepSnapshot.Reboot::firstAsked)
                .orElseThrow();
        return since.plus(half);
    }

    private String stillUp(int index) {
        return "the host was asked to reboot and did not go down before " + goneBy(index)
                + "; systemctl list-jobs and systemd-inhibit --list may say why";
    }

    private void fail(int index, String reason) throws IOException {
        run.log().step(event(index, StepState.FAILED).setReason(Text.line(reason)));
    }

    private StepTransition.Builder event(int index, StepState state) {
        return run.event(Position.step(index), state);
    }
}
