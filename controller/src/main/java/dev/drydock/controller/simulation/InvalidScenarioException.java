package dev.drydock.controller.simulation;

import java.util.List;

/** A scenario that cannot be simulated, with all its problems at once. */
public final class InvalidScenarioException extends Exception {
    private final transient List<String> problems;

    InvalidScenarioException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Never empty; each names the field, what it holds and what was expected. */
    public List<String> problems() {
        return problems;
    }
}
