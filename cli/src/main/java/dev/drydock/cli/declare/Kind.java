package dev.drydock.cli.declare;

import dev.drydock.cli.client.Api;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One sort of thing that files declare. Another one is another implementation and its place in {@link Kinds#ALL}. */
sealed interface Kind permits PlaybookKind, CalendarKind, WindowKind, RolloutKind, ContractKind, PolicyKind, TeamKind {
    /** What becomes of one that is there and differs from the file. */
    enum Differing {
        CHANGED,
        NEXT_VERSION,
        REFUSED
    }

    /** As {@code kind:} of a document names it. */
    String word();

    /** The folder that export writes it to. */
    String folder();

    Differing differing();

    /** Whether {@code --prune} removes those that no file has; else they are a record. */
    boolean prunable();

    /** Whether it has a reader of its own for a whole document, which says again what is no YAML. */
    default boolean readsWhole() {
        return false;
    }

    /** Empty where it is not whole; then the reading's problems say why. */
    Optional<Declared> read(Reading reading);

    /**
     * All that there is.
     *
     * @param declared those of this kind that files have: what there is of the same name is to have a tree
     * @param prune whether those that no file has are to have their users
     */
    List<Present> present(Api api, List<Declared> declared, boolean prune);

    /**
     * What is there in the words of a document, where that leaves open what was settled when it was made.
     *
     * @param tree of what is there
     */
    default Map<String, Object> inWordsOf(Declared declared, Map<String, Object> tree) {
        return tree;
    }

    /** @throws IllegalStateException where nothing of the kind is ever removed */
    void remove(Api api, Present present);

    /** @param inline what stands beside a document in a folder stands in it */
    Exports export(Api api, boolean inline);
}
