package dev.drydock.cli.declare;

import java.util.List;

/**
 * All of one kind.
 *
 * @param notes what is not in the files, and why
 */
record Exports(List<Exported> documents, List<String> notes) {
    Exports {
        documents = List.copyOf(documents);
        notes = List.copyOf(notes);
    }

    static Exports of(List<Exported> documents) {
        return new Exports(documents, List.of());
    }
}
