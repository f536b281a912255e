package dev.drydock.playbooks;

import java.util.List;
import java.util.stream.Collectors;

/** A playbook that cannot be used, with all its problems at once. */
public final class InvalidPlaybookException extends Exception {
    private final transient List<Problem> problems;

    public InvalidPlaybookException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Never empty, in file order. */
    public List<Problem> problems() {
        return problems;
    }
}
