/** The port to package managers, in terms that dpkg and rpm families share. */
@NullMarked
package dev.drydock.agent.host.packages;

import org.jspecify.annotations.NullMarked;
