package dev.drydock.controller.rollout;

/** Another rollout has this name. */
public final class RolloutExistsException extends RuntimeException {
    RolloutExistsException(String name) {
        super("There is another rollout " + name
                + " (its playbook, parameters, selector, window or strategy differs). Choose another name.");
    }
}
