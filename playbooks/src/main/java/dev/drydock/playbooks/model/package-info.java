/** A playbook as the language defines it. */
@NullMarked
package dev.drydock.playbooks.model;

import org.jspecify.annotations.NullMarked;
