package dev.drydock.agent.action;

import com.google.protobuf.Struct;

/**
 * Something that must hold. Changes nothing.
 *
 * <p>The engine observes each check once before the first change (the baseline) and again when it is due, repeats the
 * observation through the check's {@code grace} until it holds, and journals both.
 */
public interface Check {
    /** The name in the playbook, for example {@code http.check}. */
    String name();

    /**
     * Looks. What cannot be reached is an observation too ({@code "error"}), not an exception.
     *
     * @throws ActionException only when the arguments make no sense on this host
     */
    Struct observe(StepContext context) throws ActionException, InterruptedException;

    /**
     * Looks again, for those that look from where the baseline ended on.
     *
     * @param baseline what {@link #observe(StepContext)} saw before the change; without fields in preflight
     */
    default Struct observe(StepContext context, Struct baseline) throws ActionException, InterruptedException {
        return observe(context);
    }

    /**
     * Whether it is about what happened, which no waiting and no way back makes undone: a line in a log stays. After a rollback
     * such a check looks from that moment on.
     */
    default boolean aboutThePast() {
        return false;
    }

    /**
     * Judges what was seen. Pure.
     *
     * @param baseline what {@link #observe} saw before the change; without fields in preflight, where there is nothing to
     *     compare with and the check must hold. Else a check that failed before the change in the same way is no regression
     */
    Finding judge(StepContext context, Struct baseline, Struct now);

    /**
     * @param measured for people, for example {@code 200 in 84 ms (before: 200 in 91 ms)}
     * @param reason why it does not hold; empty when it does
     */
    record Finding(boolean holds, String measured, String reason) {
        public static Finding holds(String measured) {
            return new Finding(true, measured, "");
        }

        public static Finding fails(String measured, String reason) {
            return new Finding(false, measured, reason);
        }
    }
}
