/** Playbooks that were pushed: immutable versions, their signed envelopes, and the signers that are pinned. */
@NullMarked
package dev.drydock.controller.playbook;

import org.jspecify.annotations.NullMarked;
