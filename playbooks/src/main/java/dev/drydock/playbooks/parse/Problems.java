package dev.drydock.playbooks.parse;

import dev.drydock.playbooks.Problem;
import dev.drydock.playbooks.document.Position;
import dev.drydock.playbooks.document.SyntaxException;
import dev.drydock.playbooks.document.SyntaxProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers the problems of one file. What could not be read as a document is only reported as that: what else is said of the
 * same place would be about a value that nobody wrote. Not thread-safe.
 */
public final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();
    private final Set<String> unreadable = new HashSet<>();

    public Problems(String file) {
        this.file = file;
    }

    public void add(Position at, String path, String message) {
        add(at, path, message, Optional.empty());
    }

    public void add(Position at, String path, String message, Optional<String> suggestion) {
        if (unreadable.contains(path)) {
            return;
        }
        found.add(new Problem(file, at.line(), at.column(), path, message, suggestion));
    }

    public void add(SyntaxException e) {
        e.problems().forEach(problem -> add(problem.at(), problem.path(), problem.message()));
        e.problems().stream()
                .map(SyntaxProblem::path)
                .filter(path -> !path.isEmpty())
                .forEach(unreadable::add);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether something was found at this path itself. */
    public boolean has(String path) {
        return found.stream().anyMatch(problem -> problem.path().equals(path));
    }

    /** In file order, each once. */
    public List<Problem> list() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }
}
