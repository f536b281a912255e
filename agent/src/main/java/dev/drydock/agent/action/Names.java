package dev.drydock.agent.action;

import dev.drydock.playbooks.model.Args;
import java.util.List;

/** Names given bare ({@code service.active: [nginx]}) or under {@code names}. */
final class Names {
    private static final String NAMES = "names";

    private Names() {}

    static List<String> of(Args args) {
        List<String> names = args.strings(args.has(NAMES) ? NAMES : Args.VALUE);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("argument 'names' is empty, expected the name of a service or a list");
        }
        return names;
    }
}
