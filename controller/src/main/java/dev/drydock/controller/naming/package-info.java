/** What may be called how. */
@NullMarked
package dev.drydock.controller.naming;

import org.jspecify.annotations.NullMarked;
