/** What of the managed system's {@code /boot} counts: whether its kernels can be booted. */
@NullMarked
package dev.drydock.agent.host.boot;

import org.jspecify.annotations.NullMarked;
