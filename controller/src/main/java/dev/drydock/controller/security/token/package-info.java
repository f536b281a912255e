/** API tokens: what programs and the command line are let in by. */
@NullMarked
package dev.drydock.controller.security.token;

import org.jspecify.annotations.NullMarked;
