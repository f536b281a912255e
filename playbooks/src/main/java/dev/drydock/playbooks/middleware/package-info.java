/** Profiles of middleware: what an update of nginx, PHP or a database has to know, as data. */
@NullMarked
package dev.drydock.playbooks.middleware;

import org.jspecify.annotations.NullMarked;
