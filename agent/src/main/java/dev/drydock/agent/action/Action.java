package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.Fetched;
import java.time.Duration;
import java.util.List;

/**
 * One kind of change to a host, with its way back.
 *
 * <p>The engine calls {@code plan → prepare → apply → verify} and, when something fails later, {@code rollback →
 * verifyRollback}, each on the run's own thread, one step at a time. Before each call the intent is in the journal, and
 * what {@code prepare} returned is in it before {@code apply} begins. After a crash the engine calls {@code verify} with
 * {@code interrupted} or {@code rollback}, in a new process: an action keeps nothing in fields between calls; what it needs
 * is in {@code prepared} and under {@link StepContext#workDir()}.
 *
 * <p>{@code plan}, {@code verify} and {@code verifyRollback} change nothing and may be called any number of times.
 * {@code rollback} must be idempotent, also after a crash in the middle of itself or of {@code apply}.
 */
public interface Action {
    /** A way back that failed and may be tried again is tried again so much later, until its time is over. */
    Duration ROLLBACK_PAUSE = Duration.ofSeconds(5);

    /** The name in the playbook, for example {@code os.packages}. */
    String name();

    /** The longest that {@code apply} and {@code verify} may take where the step does not say. */
    Duration defaultTimeout();

    /** A playbook that gives {@code apply} and {@code verify} less is refused: no host could do it in that time. */
    default Duration leastTimeout() {
        return Duration.ZERO;
    }

    /** The longest that {@code rollback} and {@code verifyRollback} may take where the step does not say. */
    Duration defaultRollbackTimeout();

    /**
     * What would change. No changes means that the step is skipped. Called before the run's first change, and again just before
     * the step's turn; what the first call says of the time {@link Plan#before} goes into {@code prepare}.
     */
    Plan plan(StepContext context) throws ActionException, InterruptedException;

    /**
     * Downloads ahead of a run what {@code prepare} will want, into {@link StepContext#fetched()}, and changes nothing else on the
     * host. Called after {@code plan}, outside any run and never beside one. Idempotent; may be killed or interrupted at any
     * instant. What it leaves is a hint: {@code prepare} proves it as if it had just come, and downloads what is not right.
     *
     * @return what lies ready now, or why not all does; that is never a failure of the run
     */
    default Fetched fetch(StepContext context, Plan plan) throws ActionException, InterruptedException {
        return Fetched.getDefaultInstance();
    }

    /**
     * Proves the way back: gathers under {@link StepContext#workDir()} everything that {@code rollback} needs, reads it
     * back and checks it. Changes nothing else on the host.
     *
     * @return what the later calls need; journaled, and shown to people
     */
    Struct prepare(StepContext context, Plan plan) throws ActionException, InterruptedException;

    /**
     * Whether the change is that the host is booted anew. Then {@code apply} asks for that and returns; it is called again after
     * a crash for as long as the host has not gone down, and the engine calls {@code verify} when the boot is another one.
     */
    default boolean reboots() {
        return false;
    }

    /** Makes the change. Throws when it did not come about as planned. */
    Applied apply(StepContext context, Struct prepared) throws ActionException, InterruptedException;

    /**
     * Proves that the change is there.
     *
     * @param interrupted apply was cut off and did not return; an action that cannot tell whether the change is complete
     *     must throw
     */
    void verify(StepContext context, Struct prepared, boolean interrupted) throws ActionException, InterruptedException;

    /**
     * Whether its rollback comes after those of all other steps, instead of in reverse order: a service must read the
     * configuration and run the program that the other steps have put back.
     */
    default boolean goesBackLast() {
        return false;
    }

    /** Puts the old state back. */
    void rollback(StepContext context, Struct prepared) throws ActionException, InterruptedException;

    /**
     * The way back of a step that has changed nothing yet, where its plan said something of the time before: brings back what
     * ended by itself since then. Idempotent. {@code verifyRollback} follows, with the same.
     *
     * @param before as the plan said before the run's first change
     */
    default void revive(StepContext context, Struct before) throws ActionException, InterruptedException {
        throw new ActionException(name() + " says nothing of the time before");
    }

    /**
     * Proves that the old state is back.
     *
     * @return the evidence, a line each
     */
    List<String> verifyRollback(StepContext context, Struct prepared) throws ActionException, InterruptedException;

    /**
     * @param irreversible empty when there is a way back; else what cannot be undone and why
     * @param idle why there is nothing to change, where that is so
     * @param before what is so now and does not stand in the changes, and may end by itself: services that run. Empty: nothing
     */
    record Plan(List<Change> changes, String irreversible, String idle, Struct before) {
        public Plan {
            changes = List.copyOf(changes);
        }

        public Plan(List<Change> changes, String irreversible) {
            this(changes, irreversible, "nothing to do", Struct.getDefaultInstance());
        }

        public static Plan of(List<Change> changes) {
            return new Plan(changes, "");
        }

        public static Plan nothing(String why) {
            return new Plan(List.of(), "", why, Struct.getDefaultInstance());
        }

        public Plan before(Struct state) {
            return new Plan(changes, irreversible, idle, state);
        }

        public boolean nothingToDo() {
            return changes.isEmpty();
        }
    }

    /** What really changed. */
    record Applied(List<Change> changes) {
        public Applied {
            changes = List.copyOf(changes);
        }
    }
}
