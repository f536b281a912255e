package dev.drydock.controller.web.http;

import dev.drydock.controller.security.oidc.SingleSignOn;
import java.util.Optional;

/** Who may see pages. Thread-safe. */
public interface WebAccess {
    /**
     * Signs somebody in.
     *
     * @param code of the second factor, or empty
     * @param address where the request came from
     */
    SignIn signIn(String name, String password, String code, String address);

    /** Another way in than a password; empty: there is none. */
    default Optional<SingleSignOn> singleSignOn() {
        return Optional.empty();
    }

    /** @param cookie as {@link SignIn.Done} gave it */
    Optional<WebSession> session(String cookie);

    /** Ends a session; one that is none is left alone. */
    void signOut(String cookie);
}
