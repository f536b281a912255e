/** Policies: what is expected of hosts, as people write it. Pure. */
@NullMarked
package dev.drydock.playbooks.policy;

import org.jspecify.annotations.NullMarked;
