/** Files that playbooks name by digest: kept by their content, given to the hosts whose runs need them. */
@NullMarked
package dev.drydock.controller.artifact;

import org.jspecify.annotations.NullMarked;
