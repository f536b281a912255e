/** From a document to a playbook: the shape of the language. */
@NullMarked
package dev.drydock.playbooks.parse;

import org.jspecify.annotations.NullMarked;
