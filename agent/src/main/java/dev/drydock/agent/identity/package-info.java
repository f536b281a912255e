/** Who this host is to its controller: key, certificate, pinned CA and signers; enrolment and renewal. */
@NullMarked
package dev.drydock.agent.identity;

import org.jspecify.annotations.NullMarked;
