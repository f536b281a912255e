/** WordPress sites: what is there, what could be, and how files and database of a site are changed and put back. */
@NullMarked
package dev.drydock.agent.host.wordpress;

import org.jspecify.annotations.NullMarked;
