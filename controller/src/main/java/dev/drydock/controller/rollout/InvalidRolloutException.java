package dev.drydock.controller.rollout;

import java.util.List;

/** A rollout that cannot be taken, with all its problems at once. */
public final class InvalidRolloutException extends Exception {
    private final transient List<String> problems;

    InvalidRolloutException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Never empty; each names the field, what it holds and what was expected. */
    public List<String> problems() {
        return problems;
    }
}
