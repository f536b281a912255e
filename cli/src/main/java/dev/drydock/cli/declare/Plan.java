package dev.drydock.cli.declare;

import dev.drydock.cli.declare.Change.Action;
import java.util.Comparator;
import java.util.List;

/**
 * All that is to be done so that what is there is what the files say. Made of what is known, and of nothing else: the same again
 * gives the same plan.
 *
 * @param changes by kind in the order of {@link Kinds#ALL}, then by name
 * @param notes on the whole
 */
record Plan(List<Change> changes, List<String> notes) {
    Plan {
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
    }

    /** @param finding what was found out about the document */
    record Checked(Declared declared, Finding finding) {}

    /**
     * @param present all that there is
     * @param prune whether what is there and in no file is to go, of the prunable kinds that files have at all
     */
    static Plan of(List<Checked> documents, List<Present> present, boolean prune) {
        return new Planning(documents, present, prune).plan();
    }

    boolean refused() {
        return changes.stream().anyMatch(change -> change.action() == Action.REFUSED);
    }

    /** What is to be done, in an order in which each step finds what it needs. */
    List<Change> steps() {
        // A window goes before others are made: a renamed one would contradict itself. A calendar goes when no window
        // names it.
        return changes.stream()
                .filter(change -> change.action().acts())
                .sorted(Comparator.comparingInt(Plan::turn))
                .toList();
    }

    private static int turn(Change change) {
        int kind = 4 * Kinds.ALL.indexOf(change.kind());
        if (change.action() != Action.REMOVE) {
            return kind;
        }
        return change.kind() instanceof WindowKind ? kind - 1 : 4 * Kinds.ALL.size() - kind;
    }
}
