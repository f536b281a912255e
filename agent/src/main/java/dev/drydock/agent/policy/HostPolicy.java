package dev.drydock.agent.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the host itself allows, whatever a controller says: the last word. Immutable.
 *
 * @param nothing the kill switch: no run at all
 * @param allowedActions names of actions and checks, or {@code area.*}; empty allows all that are not denied
 * @param deniedActions likewise; they win over what is allowed
 * @param signers key ids; empty allows every pinned signer
 * @param windows names; empty allows every window
 * @param maxRunDuration the longest that a run may take, from its start to its end
 */
public record HostPolicy(
        boolean nothing,
        Optional<Set<String>> allowedActions,
        Set<String> deniedActions,
        Optional<Set<String>> signers,
        Optional<Set<String>> windows,
        Optional<Duration> maxRunDuration) {
    /** A host without a policy of its own. */
    public static final HostPolicy OPEN =
            new HostPolicy(false, Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

    public HostPolicy {
        allowedActions = allowedActions.map(Set::copyOf);
        deniedActions = Set.copyOf(deniedActions);
        signers = signers.map(Set::copyOf);
        windows = windows.map(Set::copyOf);
    }

    /**
     * Why a playbook is not allowed here: every reason, a line each; empty when it is.
     *
     * @param actions all actions and checks of the playbook
     * @param signer the key id of whose signature was believed
     */
    public List<String> objections(Collection<String> actions, String signer) {
        if (nothing) {
            return List.of("this host allows no runs (allow: none)");
        }
        List<String> objections = new ArrayList<>();
        for (String action : new TreeSet<>(actions)) {
            if (matches(deniedActions, action)) {
                objections.add("this host denies " + action);
            } else if (!allowedActions.map(allowed -> matches(allowed, action)).orElse(true)) {
                objections.add("this host does not allow " + action);
            }
        }
        if (!signers.map(allowed -> allowed.contains(signer)).orElse(true)) {
            objections.add("this host does not allow playbooks signed by " + signer);
        }
        return objections;
    }

    /** Why a window of that name is not allowed here. */
    public Optional<String> windowObjection(String window) {
        return windows.filter(allowed -> !allowed.contains(window))
                .map(allowed ->
                        "this host allows no runs in the window '" + window + "', only in " + new TreeSet<>(allowed));
    }

    private static boolean matches(Set<String> names, String action) {
        return names.stream()
                .anyMatch(name -> name.equals(action)
                        || (name.endsWith(".*") && action.startsWith(name.substring(0, name.length() - 1))));
    }
}
