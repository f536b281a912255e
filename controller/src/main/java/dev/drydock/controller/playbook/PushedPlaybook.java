package dev.drydock.controller.playbook;

import dev.drydock.playbooks.model.Playbook;
import java.time.Instant;

/**
 * One immutable version of a playbook.
 *
 * @param version from 1, without gaps
 * @param digest SHA-256 of the canonical form, lower-case hex
 * @param signer the name under which the signer was pinned when it was pushed
 * @param keyId of the signer's key
 */
public record PushedPlaybook(
        String name,
        int version,
        String digest,
        String description,
        Playbook.Maintenance maintenance,
        String signer,
        String keyId,
        Instant pushedAt) {
    /** {@code web-monthly@7}. */
    public String reference() {
        return name + "@" + version;
    }
}
