/** A throw-away CA and the identities it signs. */
@NullMarked
package dev.drydock.bench.tls;

import org.jspecify.annotations.NullMarked;
