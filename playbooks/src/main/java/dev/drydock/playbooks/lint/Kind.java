package dev.drydock.playbooks.lint;

import dev.drydock.playbooks.document.Node;
import java.util.Optional;

/** What sort of value stands in a document. */
enum Kind {
    TEXT,
    INTEGER,
    /** With a fraction. */
    NUMBER,
    BOOLEAN,
    LIST,
    MAPPING;

    /** Empty for a value that is not there. */
    static Optional<Kind> of(Node node) {
        return switch (node) {
            case Node.Mapping mapping -> Optional.of(MAPPING);
            case Node.Sequence sequence -> Optional.of(LIST);
            case Node.Scalar scalar ->
                switch (scalar.value()) {
                    case null -> Optional.empty();
                    case Long number -> Optional.of(INTEGER);
                    case Double number -> Optional.of(NUMBER);
                    case Boolean flag -> Optional.of(BOOLEAN);
                    default -> Optional.of(TEXT);
                };
        };
    }
}
