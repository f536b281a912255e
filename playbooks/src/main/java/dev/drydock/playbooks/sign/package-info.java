/** Signatures: Ed25519 keys and DSSE envelopes. */
@NullMarked
package dev.drydock.playbooks.sign;

import org.jspecify.annotations.NullMarked;
