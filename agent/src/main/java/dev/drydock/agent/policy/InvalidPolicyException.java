package dev.drydock.agent.policy;

/** A host policy that cannot be read or understood, so that nothing is allowed. The message names every problem. */
public final class InvalidPolicyException extends Exception {
    InvalidPolicyException(String message) {
        super(message);
    }
}
