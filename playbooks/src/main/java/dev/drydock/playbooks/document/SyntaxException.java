package dev.drydock.playbooks.document;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A file that is not a document, with all that was found wrong with it. */
public final class SyntaxException extends Exception {
    private final transient List<SyntaxProblem> problems;
    private final transient Optional<Node> rest;

    public SyntaxException(List<SyntaxProblem> problems) {
        this(problems, Optional.empty());
    }

    SyntaxException(List<SyntaxProblem> problems, Optional<Node> rest) {
        super(problems.stream().map(SyntaxProblem::message).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
        this.rest = rest;
    }

    SyntaxException(Position at, String message) {
        this(List.of(new SyntaxProblem(at, "", message)));
    }

    /** Never empty, in file order. */
    public List<SyntaxProblem> problems() {
        return problems;
    }

    /**
     * The document without what was refused, where it could be read to its end: only to look for more problems, never to be
     * used.
     */
    public Optional<Node> rest() {
        return rest;
    }
}
