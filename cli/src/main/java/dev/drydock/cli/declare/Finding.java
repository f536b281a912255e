package dev.drydock.cli.declare;

import java.util.List;
import java.util.Optional;

/**
 * What was found out about a document before anything is changed.
 *
 * @param same whether it is there already, where that is known better than by comparing trees
 * @param refusals why it cannot be made so
 * @param notes what somebody should know who reads the plan
 */
record Finding(Optional<Boolean> same, List<String> refusals, List<String> notes) {
    static final Finding NOTHING = new Finding(Optional.empty(), List.of(), List.of());

    Finding {
        refusals = List.copyOf(refusals);
        notes = List.copyOf(notes);
    }

    static Finding same(boolean same, String... notes) {
        return new Finding(Optional.of(same), List.of(), List.of(notes));
    }

    static Finding refused(String why) {
        return new Finding(Optional.empty(), why.lines().toList(), List.of());
    }
}
