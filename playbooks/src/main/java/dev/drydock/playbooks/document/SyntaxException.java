package dev.drydock.playbooks.document;

import java.util.List;
import java.util.stream.Collectors;

/** A file that is not a document, with all that was found wrong with it. */
public final class SyntaxException extends Exception {
    private final transient List<SyntaxProblem> problems;

    public SyntaxException(List<SyntaxProblem> problems) {
        super(problems.stream().map(SyntaxProblem::message).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    SyntaxException(Position at, String message) {
        this(List.of(new SyntaxProblem(at, "", message)));
    }

    /** Never empty, in file order. */
    public List<SyntaxProblem> problems() {
        return problems;
    }
}
