package dev.drydock.cli.declare;

import dev.drydock.cli.client.Api;
import dev.drydock.playbooks.document.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a document says is to be there.
 *
 * @param file and {@code at}: where its name stands
 * @param tree what it says, in its normal form: equal where two documents mean the same
 * @param needs what it names
 */
record Declared(
        Kind kind,
        String name,
        String file,
        Position at,
        Map<String, Object> tree,
        List<Reference> needs,
        Making making) {
    Declared {
        needs = List.copyOf(needs);
    }

    /** How it comes to be there. */
    interface Making {
        /** What can be known before anything is changed. */
        Finding check(Api api, Optional<Present> present);

        /**
         * Makes or changes it.
         *
         * @param present what was there when it was looked at
         */
        void make(Api api, Optional<Present> present);
    }

    /** {@code windows/sunday.yaml:4:9}. */
    String place() {
        return place(at);
    }

    String place(Position position) {
        return file + ":" + position.line() + ":" + position.column();
    }
}
