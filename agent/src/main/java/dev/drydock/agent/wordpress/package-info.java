/** Where new versions for WordPress sites come from. */
@NullMarked
package dev.drydock.agent.wordpress;

import org.jspecify.annotations.NullMarked;
