package dev.drydock.playbooks.lint;

import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A step or a check as it is written.
 *
 * @param section {@code preflight}, {@code steps} or {@code verify}
 */
record Item(Node.Mapping mapping, String path, String section) {
    /** The arguments of this action written as a mapping; empty where this is another action or its value is bare. */
    Optional<Node.Mapping> arguments(String action) {
        return mapping.get(action).filter(Node.Mapping.class::isInstance).map(Node.Mapping.class::cast);
    }

    Position at(String key) {
        return mapping.entries().get(key) instanceof Node.Entry entry ? entry.at() : mapping.at();
    }

    /** The texts under a key, whether it holds one or a list. */
    static List<String> texts(Node.Mapping arguments, String key) {
        List<String> texts = new ArrayList<>();
        switch (arguments.get(key).orElse(null)) {
            case Node.Sequence list -> list.items().forEach(item -> text(item).ifPresent(texts::add));
            case Node.Scalar scalar -> text(scalar).ifPresent(texts::add);
            case null, default -> {}
        }
        return texts;
    }

    static Optional<String> text(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }
}
