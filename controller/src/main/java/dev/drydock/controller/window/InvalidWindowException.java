package dev.drydock.controller.window;

import java.util.List;

/** A window that cannot be taken, with all its problems at once. */
public final class InvalidWindowException extends Exception {
    private final transient List<String> problems;

    public InvalidWindowException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Never empty; each names the field, what it holds and what was expected. */
    public List<String> problems() {
        return problems;
    }
}
