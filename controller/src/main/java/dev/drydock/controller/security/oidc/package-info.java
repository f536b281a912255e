/**
 * Sign-in by a provider of OpenID Connect: authorization code with PKCE (OpenID Connect Core 1.0; RFC 6749, 7636, 9700). Who somebody
 * is the provider says; what he may do stays here.
 */
@NullMarked
package dev.drydock.controller.security.oidc;

import org.jspecify.annotations.NullMarked;
