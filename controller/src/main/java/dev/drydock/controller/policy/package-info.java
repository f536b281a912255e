/** Policies that were pushed: immutable versions, and the one that is built in. Pure. */
@NullMarked
package dev.drydock.controller.policy;

import org.jspecify.annotations.NullMarked;
