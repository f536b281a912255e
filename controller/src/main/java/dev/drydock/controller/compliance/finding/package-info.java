/** What is wrong with hosts, since when, and until when it was: the clocks of policies. Pure. */
@NullMarked
package dev.drydock.controller.compliance.finding;

import org.jspecify.annotations.NullMarked;
