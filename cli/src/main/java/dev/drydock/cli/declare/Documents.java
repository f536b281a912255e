package dev.drydock.cli.declare;

import dev.drydock.cli.CliException;
import dev.drydock.playbooks.Problem;
import dev.drydock.playbooks.document.Nearest;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Position;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.parse.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads documents of all kinds, with all that is wrong with all of them at once. */
final class Documents {
    private final Function<String, Optional<String>> variables;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Declared> declared = new ArrayList<>();

    private Documents(Function<String, Optional<String>> variables) {
        this.variables = variables;
    }

    /**
     * @param variables of the environment, which documents may name
     * @throws CliException with every problem, a line each; then nothing is to be done
     */
    static List<Declared> read(List<Source> sources, Function<String, Optional<String>> variables) {
        Documents documents = new Documents(variables);
        sources.forEach(documents::read);
        documents.refuseTheSameTwice();
        if (!documents.problems.isEmpty()) {
            throw CliException.usage(
                    documents.problems.stream().map(Problem::toString).collect(Collectors.joining("\n")),
                    "Nothing was sent. See docs/declarative.md for what the files hold.");
        }
        return List.copyOf(documents.declared);
    }

    private void read(Source source) {
        Problems found = new Problems(source.file());
        Optional<Node> root = PlaybookParser.read(source.placed(), found);
        root.flatMap(node -> kind(node, found).map(kind -> new Found(kind, (Node.Mapping) node)))
                .flatMap(known -> whole(known, source, found))
                .ifPresent(declared::add);
        problems.addAll(found.list());
    }

    private record Found(Kind kind, Node.Mapping root) {}

    private Optional<Declared> whole(Found found, Source source, Problems to) {
        Problems own = found.kind().readsWhole() ? new Problems(source.file()) : to;
        Optional<Declared> read = found.kind().read(new Reading(source, found.root(), own, variables));
        if (own != to) {
            boolean unreadable = !to.isEmpty();
            own.list().stream()
                    .filter(problem -> !unreadable || !to.list().contains(problem))
                    .forEach(problem -> to.add(
                            new Position(problem.line(), problem.column()),
                            problem.path(),
                            problem.message(),
                            problem.suggestion()));
        }
        return read.filter(declared -> to.isEmpty());
    }

    private static Optional<Kind> kind(Node root, Problems problems) {
        if (!(root instanceof Node.Mapping mapping)) {
            problems.add(
                    root.at(),
                    "",
                    "expected a document that begins with apiVersion: drydock/v1, found " + root.describe());
            return Optional.empty();
        }
        Optional<Node> named = mapping.get("kind");
        String word = named.flatMap(Reading::scalar).orElse("");
        Optional<Kind> kind = Kinds.of(word);
        if (kind.isEmpty()) {
            String expected = "one of " + String.join(", ", Kinds.words());
            problems.add(
                    named.map(Node::at).orElse(root.at()),
                    named.isPresent() ? "kind" : "",
                    named.isPresent()
                            ? "expected " + expected + ", found " + named.get().describe()
                            : "the key 'kind' is missing: " + expected,
                    Nearest.to(word, Kinds.words()));
        }
        return kind;
    }

    private void refuseTheSameTwice() {
        Map<String, Declared> first = new HashMap<>();
        for (Declared document : declared) {
            Declared other = first.putIfAbsent(document.kind().word() + "/" + document.name(), document);
            if (other != null) {
                problems.add(new Problem(
                        document.file(),
                        document.at().line(),
                        document.at().column(),
                        "metadata.name",
                        "there is another " + document.kind().word() + " '" + document.name() + "' in " + other.place(),
                        Optional.empty()));
            }
        }
    }
}
