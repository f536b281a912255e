package dev.drydock.controller.security.oidc;

import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * By which provider people sign in.
 *
 * @param issuer exactly as the provider's metadata says it
 * @param secret of this client; empty: a public client, which PKCE alone protects
 * @param userClaim of the ID token, that is the name of a user here
 * @param label of the button
 * @param trust whose certificates the provider's must come from; empty: those that Java trusts
 */
public record OidcSettings(
        URI issuer,
        String clientId,
        Optional<String> secret,
        String userClaim,
        String label,
        Optional<SSLSocketFactory> trust) {
    public static final String DEFAULT_CLAIM = "preferred_username";

    /** Without the secret. */
    @Override
    public String toString() {
        return "client " + clientId + " of " + issuer;
    }
}
