/** Certificates as files and as servers show them. Nothing here changes anything. */
@NullMarked
package dev.drydock.agent.host.certificates;

import org.jspecify.annotations.NullMarked;
