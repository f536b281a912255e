/** What still runs programs and libraries that were replaced, and in which order it is restarted. */
@NullMarked
package dev.drydock.agent.host.outdated;

import org.jspecify.annotations.NullMarked;
