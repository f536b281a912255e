/** How the controller reaches servers of others over HTTP. */
@NullMarked
package dev.drydock.controller.outgoing;

import org.jspecify.annotations.NullMarked;
