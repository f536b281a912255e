/** Whether a host keeps a policy's rules. Pure. */
@NullMarked
package dev.drydock.controller.compliance.rule;

import org.jspecify.annotations.NullMarked;
