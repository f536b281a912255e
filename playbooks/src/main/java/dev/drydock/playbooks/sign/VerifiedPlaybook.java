package dev.drydock.playbooks.sign;

import dev.drydock.playbooks.model.Playbook;

/**
 * A playbook that a pinned signer signed.
 *
 * @param digest of the canonical form, lower-case hex SHA-256
 * @param signer the pinned one whose signature holds
 */
public record VerifiedPlaybook(Playbook playbook, String digest, PublicSigner signer) {}
