/** The playbook language: its canonical form and the problems of a file. */
@NullMarked
package dev.drydock.playbooks;

import org.jspecify.annotations.NullMarked;
