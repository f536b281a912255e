/** Expressions: CEL over the host's facts and the playbook's parameters. */
@NullMarked
package dev.drydock.playbooks.expr;

import org.jspecify.annotations.NullMarked;
