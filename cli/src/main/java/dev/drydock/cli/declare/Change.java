package dev.drydock.cli.declare;

import dev.drydock.playbooks.Difference;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of one thing.
 *
 * @param differences from what is there to what the file says
 * @param notes what somebody should know who reads the plan; of what is refused or stays: why
 */
record Change(
        Action action,
        Kind kind,
        String name,
        Optional<Declared> declared,
        Optional<Present> present,
        List<Difference> differences,
        List<String> notes) {
    enum Action {
        CREATE("+"),
        CHANGE("~"),
        NEXT_VERSION("~"),
        UNCHANGED("="),
        REMOVE("-"),
        /** It would be removed, and something names it. */
        STAYS("="),
        REFUSED("!");

        private final String sign;

        Action(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        /** Whether something is to be sent. */
        boolean acts() {
            return this == CREATE || this == CHANGE || this == NEXT_VERSION || this == REMOVE;
        }
    }

    Change {
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
    }

    /** {@code Window sunday-night}. */
    String what() {
        return kind.word() + " " + name;
    }
}
