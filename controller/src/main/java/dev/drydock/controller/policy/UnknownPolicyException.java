package dev.drydock.controller.policy;

/** There is no such policy, or no such version of it. */
public final class UnknownPolicyException extends RuntimeException {
    UnknownPolicyException(String message) {
        super(message);
    }
}
