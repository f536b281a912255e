package dev.drydock.cli.declare;

import java.util.List;
import java.util.Map;

/**
 * What is on the controller.
 *
 * @param tree as that of a document that says so; empty where nobody asked
 * @param etag changes with it; empty where it has none
 * @param state one word, for people; may be empty
 * @param users who names it, each as {@code window NAME}; only where it may be removed
 * @param keeps names of windows that it goes on by, as they were when it was made
 */
record Present(
        Kind kind,
        String name,
        Map<String, Object> tree,
        String etag,
        String state,
        List<String> users,
        List<String> keeps) {
    Present {
        users = List.copyOf(users);
        keeps = List.copyOf(keeps);
    }

    static Present of(Kind kind, String name, Map<String, Object> tree, String etag) {
        return new Present(kind, name, tree, etag, "", List.of(), List.of());
    }
}
