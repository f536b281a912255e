package dev.drydock.controller.policy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Where pushed policies are kept. Implemented by the store. */
public interface PolicyStore {
    /**
     * Keeps it as the next version of its name, whatever version it has; durable when it returns. What the newest version of
     * the name says already stays as it is.
     */
    PushedPolicy add(PolicyDocument policy);

    /** The newest version of each, by name. */
    List<PolicyDocument> newest();

    /** All versions of one policy, newest first. */
    List<PushedPolicy> versions(String name);

    /** @param version empty: the newest */
    Optional<PolicyDocument> find(String name, OptionalInt version);
}
