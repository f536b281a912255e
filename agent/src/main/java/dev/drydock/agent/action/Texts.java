package dev.drydock.agent.action;

import dev.drydock.playbooks.model.Args;
import java.util.ArrayList;
import java.util.List;

/** Texts that must, and must not, be in what a check got. Only which are wrong is kept of it, since bodies are large. */
record Texts(List<String> missing, List<String> forbidden) {
    private static final int MOST_SHOWN = 60;

    Texts {
        missing = List.copyOf(missing);
        forbidden = List.copyOf(forbidden);
    }

    static Texts find(Args args, String body) {
        return new Texts(
                args.strings("contains").stream().filter(t -> !body.contains(t)).toList(),
                args.strings("absent").stream().filter(body::contains).toList());
    }

    /** What is wrong, for people; empty when nothing is. */
    String problem(String where) {
        List<String> problems = new ArrayList<>();
        missing.forEach(t -> problems.add("'" + shown(t) + "' is not in " + where));
        forbidden.forEach(t -> problems.add("'" + shown(t) + "' is in " + where));
        return String.join(", ", problems);
    }

    private static String shown(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN - 1) + "…";
    }
}
