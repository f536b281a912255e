package dev.drydock.agent.run;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.drydock.agent.action.Action;
import dev.drydock.agent.action.ActionException;
import dev.drydock.agent.action.StepContext;
import dev.drydock.proto.agent.v1.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Brings the parts of one step from {@code old} to {@code new}, one after the other, and fails as it is told. */
record SimAction(SimStep step, SimHost host, SimTime time, Kills kills) implements Action {
    private static final String SERVICE = "the service";

    @Override
    public String name() {
        return "sim." + step.name();
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
    public Plan plan(StepContext context) throws ActionException {
        failIf(SimStep.Fault.PLAN);
        List<Change> changes = new ArrayList<>();
        for (String part : step.parts()) {
            if (!"new".equals(host.version(part))) {
                changes.add(Change.newBuilder()
                        .setKind("part")
                        .setName(part)
                        .setFrom(host.version(part))
                        .setTo("new")
                        .build());
            }
        }
        Plan plan = new Plan(changes, step.irreversible() ? "it cannot be undone" : "");
        return step.kind() == SimStep.Kind.SERVICE && host.serviceIsUp(now())
                ? plan.before(Struct.newBuilder()
                        .putFields(SERVICE, Value.getDefaultInstance())
                        .build())
                : plan;
    }

    @Override
    public Struct prepare(StepContext context, Plan plan) throws ActionException {
        spend(context, Duration.ofSeconds(2));
        requireSpace();
        failIf(SimStep.Fault.PREPARE);
        if (step.fault() == SimStep.Fault.SLOW_PREPARE) {
            spend(context, Duration.ofDays(1));
        }
        Struct.Builder undo = Struct.newBuilder();
        step.parts()
                .forEach(part -> undo.putFields(
                        part,
                        Value.newBuilder().setStringValue(host.version(part)).build()));
        kills.point("at the end of preparing " + step.name());
        return undo.build();
    }

    @Override
    public Applied apply(StepContext context, Struct prepared) throws ActionException {
        host.count("apply " + step.name());
        awaitLock(context);
        for (String part : step.parts()) {
            requireSpace();
            kills.toolPoint("before changing " + part);
            host.change(step.name(), part, "new", true, now());
            kills.toolPoint("after changing " + part);
            spend(context, step.takes());
            failIf(SimStep.Fault.APPLY);
            if (step.fault() == SimStep.Fault.HANG) {
                spend(context, Duration.ofDays(1));
            }
        }
        host.sync();
        host.count("applied " + step.name());
        return new Applied(List.of());
    }

    @Override
    public void verify(StepContext context, Struct prepared, boolean interrupted) throws ActionException {
        spend(context, Duration.ofSeconds(1));
        failIf(SimStep.Fault.VERIFY);
        if (step.fault() == SimStep.Fault.SLOW) {
            time.pass(context.timeLeft().get());
        }
        for (String part : step.parts()) {
            if (!"new".equals(host.version(part))) {
                throw new ActionException(part + " is " + host.version(part) + (interrupted ? " (cut off)" : ""));
            }
        }
    }

    @Override
    public void rollback(StepContext context, Struct prepared) throws ActionException {
        failIf(SimStep.Fault.ROLLBACK);
        if (step.fault() == SimStep.Fault.ROLLBACK_LOCKED && host.count("locked " + step.name()) <= 2) {
            throw new ActionException("a lock is held", true, OptionalInt.empty(), "", null);
        }
        awaitLock(context);
        for (String part : step.parts()) {
            requireSpace();
            kills.toolPoint("before putting back " + part);
            host.change(step.name(), part, prepared.getFieldsOrThrow(part).getStringValue(), false, now());
            kills.toolPoint("after putting back " + part);
            spend(context, step.takesBack());
        }
        host.sync();
    }

    @Override
    public boolean goesBackLast() {
        return step.kind() == SimStep.Kind.SERVICE;
    }

    @Override
    public void revive(StepContext context, Struct before) {
        kills.point("before reviving the service");
        host.revive(now());
        kills.point("after reviving the service");
    }

    @Override
    public List<String> verifyRollback(StepContext context, Struct prepared) throws ActionException {
        failIf(SimStep.Fault.VERIFY_ROLLBACK);
        if (step.fault() == SimStep.Fault.SLOW) {
            time.pass(context.timeLeft().get());
        }
        List<String> evidence = new ArrayList<>();
        for (String part : step.parts()) {
            if (prepared.containsFields(part)
                    && !prepared.getFieldsOrThrow(part).getStringValue().equals(host.version(part))) {
                throw new ActionException(part + " is not back");
            }
            evidence.add(part + " is back");
        }
        return evidence;
    }

    /** As the package managers do. */
    private void awaitLock(StepContext context) throws ActionException {
        Duration left = context.timeLeft().get();
        if (host.locked(now()).compareTo(left.dividedBy(2)) > 0) {
            time.pass(left.dividedBy(2));
            throw new ActionException("the lock is held by somebody else", true, OptionalInt.empty(), "", null);
        }
        time.pass(host.locked(now()));
    }

    private void requireSpace() throws ActionException {
        if (host.full(now())) {
            throw new ActionException(step.name() + ": No space left on device");
        }
    }

    private void failIf(SimStep.Fault fault) throws ActionException {
        if (step.fault() == fault
                || (step.fault() == SimStep.Fault.VERIFY_AND_ROLLBACK
                        && (fault == SimStep.Fault.VERIFY || fault == SimStep.Fault.ROLLBACK))) {
            throw new ActionException(step.name() + " fails in " + fault);
        }
    }

    /** As an action must: no longer than it is given. */
    private void spend(StepContext context, Duration wanted) throws ActionException {
        Duration left = context.timeLeft().get();
        if (wanted.compareTo(left) > 0) {
            time.pass(left);
            throw new ActionException(step.name() + " was stopped: its time is up");
        }
        time.pass(wanted);
    }

    private Instant now() {
        return time.trueTime();
    }
}
