package dev.drydock.cli.declare;

import java.util.List;
import java.util.Optional;

/** All kinds. */
final class Kinds {
    /** Each after those that it may name. */
    static final List<Kind> ALL = List.of(
            new PlaybookKind(),
            new CalendarKind(),
            new WindowKind(),
            new RolloutKind(),
            new ContractKind(),
            new PolicyKind(),
            new TeamKind());

    private Kinds() {}

    static List<String> words() {
        return ALL.stream().map(Kind::word).toList();
    }

    static Optional<Kind> of(String word) {
        return ALL.stream().filter(kind -> kind.word().equals(word)).findFirst();
    }
}
