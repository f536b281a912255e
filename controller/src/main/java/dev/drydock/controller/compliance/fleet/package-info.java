/** How the fleet stands by its policies: hosts, groups of them, and day by day. Pure. */
@NullMarked
package dev.drydock.controller.compliance.fleet;

import org.jspecify.annotations.NullMarked;
