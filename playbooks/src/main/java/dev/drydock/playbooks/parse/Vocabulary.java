package dev.drydock.playbooks.parse;

import java.util.Optional;
import java.util.Set;

/** The actions that a reader of playbooks knows by name. */
public interface Vocabulary {
    /** Every well-formed name may be an action; whoever runs the playbook judges. */
    Vocabulary ANY = new Vocabulary() {
        @Override
        public Set<String> actions() {
            return Set.of();
        }

        @Override
        public Optional<String> refuse(String action, boolean asCheck) {
            return Optional.empty();
        }
    };

    /** The names to suggest. */
    Set<String> actions();

    /**
     * Why an action cannot stand in its place; empty when it can.
     *
     * @param asCheck in {@code preflight} or {@code verify}, where nothing may be changed
     */
    Optional<String> refuse(String action, boolean asCheck);
}
