package dev.drydock.controller.playbook;

import dev.drydock.playbooks.sign.VerifiedPlaybook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Where pushed playbooks are kept. Implemented by the store. */
public interface PlaybookStore {
    /**
     * Keeps it as the next version of its name; durable when it returns. What is there already by its digest stays as it
     * is, with the envelope and the source that came first.
     */
    PushedPlaybook add(VerifiedPlaybook playbook, byte[] envelope, String source, Instant at);

    /** The newest version of each playbook, by name. */
    List<PushedPlaybook> newest();

    /** All versions of one playbook, newest first. */
    List<PushedPlaybook> versions(String name);

    /** @param version empty: the newest */
    Optional<PlaybookDocument> find(String name, OptionalInt version);

    Optional<byte[]> envelope(String digest);
}
