package dev.drydock.agent.run;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.drydock.agent.action.Action;
import dev.drydock.agent.action.ActionException;
import dev.drydock.agent.action.StepContext;
import dev.drydock.proto.agent.v1.Change;
import java.time.Duration;
import java.util.List;

/** Reboots the simulated host, and fails as it is told. One that hangs never goes down. */
record SimReboot(SimStep step, SimBoot boot, SimTime time, Kills kills) implements Action {
    private static final String BOOT = "boot";

    @Override
    public String name() {
        return "sim." + step.name();
    }

    @Override
    public boolean reboots() {
        return true;
    }

    @Override
    public Duration defaultTimeout() {
        return step.timeout();
    }

    @Override
    public Duration defaultRollbackTimeout() {
        return step.rollbackTimeout();
    }

    @Override
    public boolean goesBackLast() {
        return true;
    }

    @Override
    public Plan plan(StepContext context) throws ActionException {
        failIf(SimStep.Fault.PLAN);
        return step.done()
                ? Plan.nothing("no reboot is required")
                : Plan.of(List.of(Change.newBuilder().setKind("reboot").build()));
    }

    @Override
    public Struct prepare(StepContext context, Plan plan) throws ActionException {
        failIf(SimStep.Fault.PREPARE);
        return Struct.newBuilder()
                .putFields(BOOT, Value.newBuilder().setStringValue(boot.id()).build())
                .build();
    }

    @Override
    public Applied apply(StepContext context, Struct prepared) throws ActionException {
        kills.toolPoint("before asking for a reboot");
        failIf(SimStep.Fault.APPLY);
        if (step.fault() != SimStep.Fault.HANG) {
            boot.ask();
        }
        kills.toolPoint("after asking for a reboot");
        return new Applied(List.of());
    }

    @Override
    public void verify(StepContext context, Struct prepared, boolean interrupted) throws ActionException {
        if (boot.id().equals(prepared.getFieldsOrThrow(BOOT).getStringValue())) {
            throw new ActionException("not booted anew");
        }
        failIf(SimStep.Fault.VERIFY);
        if (step.fault() == SimStep.Fault.SLOW) {
            time.pass(context.timeLeft().get());
        }
    }

    @Override
    public void rollback(StepContext context, Struct prepared) throws ActionException {
        failIf(SimStep.Fault.ROLLBACK);
    }

    @Override
    public List<String> verifyRollback(StepContext context, Struct prepared) throws ActionException {
        failIf(SimStep.Fault.VERIFY_ROLLBACK);
        return List.of("nothing to put back");
    }

    private void failIf(SimStep.Fault fault) throws ActionException {
        if (step.fault() == fault) {
            throw new ActionException(step.name() + " fails in " + fault);
        }
    }
}
