/** Package managers over rpm: dnf (version 4) and zypper. What they share is rpm's; what differs is behind {@code RpmTool}. */
@NullMarked
package dev.drydock.agent.host.rpm;

import org.jspecify.annotations.NullMarked;
