/** Documents as trees with places: strict YAML and strict JSON in, canonical JSON out. */
@NullMarked
package dev.drydock.playbooks.document;

import org.jspecify.annotations.NullMarked;
