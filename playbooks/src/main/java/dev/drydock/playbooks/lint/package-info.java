/** What a playbook has to pass before it is signed: arguments, expressions, and what is unwise. */
@NullMarked
package dev.drydock.playbooks.lint;

import org.jspecify.annotations.NullMarked;
