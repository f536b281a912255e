package dev.drydock.controller.playbook;

import java.util.Optional;

/** Signed playbooks by what they say. */
@FunctionalInterface
public interface PlaybookContent {
    /**
     * The DSSE envelope (JSON) of a playbook, byte for byte as it was pushed.
     *
     * @param digest SHA-256 of the canonical form, lower-case hex
     */
    Optional<byte[]> envelope(String digest);
}
