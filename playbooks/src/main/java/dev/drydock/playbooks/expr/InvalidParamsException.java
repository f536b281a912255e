package dev.drydock.playbooks.expr;

import java.util.List;

/** Parameter values that do not fit their declarations, all problems at once. */
public final class InvalidParamsException extends Exception {
    private final transient List<String> problems;

    InvalidParamsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Never empty; a line for the operator each. */
    public List<String> problems() {
        return problems;
    }
}
