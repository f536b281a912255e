/** The certificate authority, tokens, and who may do what. */
@NullMarked
package dev.drydock.controller.security;

import org.jspecify.annotations.NullMarked;
