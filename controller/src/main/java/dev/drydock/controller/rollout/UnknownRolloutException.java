package dev.drydock.controller.rollout;

/** There is no rollout of this name. */
public final class UnknownRolloutException extends RuntimeException {
    UnknownRolloutException(String name) {
        super("There is no rollout " + name + ".");
    }
}
