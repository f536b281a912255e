package dev.drydock.controller.playbook;

import dev.drydock.playbooks.sign.PublicSigner;
import java.time.Instant;

/** A key that may sign playbooks for this fleet. */
public record PinnedSigner(PublicSigner signer, Instant pinnedAt) {}
