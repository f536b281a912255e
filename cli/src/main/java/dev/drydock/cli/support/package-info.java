/** The bundle that goes to who helps: what the controller tells, without secrets. */
@NullMarked
package dev.drydock.cli.support;

import org.jspecify.annotations.NullMarked;
