package dev.drydock.agent.run;

import dev.drydock.playbooks.model.Args;

/** The expressions of one run: its parameters are fixed, its host is seen as it is at each call. */
public interface Expressions {
    /**
     * Whether the condition holds.
     *
     * @throws IllegalArgumentException when it cannot be evaluated on this host; the message says why
     */
    boolean holds(String condition) throws InterruptedException;

    /**
     * The arguments with no expressions left.
     *
     * @throws IllegalArgumentException when one cannot be resolved; the message says why
     */
    Args resolve(Args args) throws InterruptedException;
}
