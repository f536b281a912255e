package dev.drydock.controller.web;

import dev.drydock.controller.security.Authenticator;
import dev.drydock.controller.security.Principal;
import dev.drydock.controller.security.login.Logins;
import dev.drydock.controller.security.login.Sessions;
import dev.drydock.controller.security.oidc.SingleSignOn;
import dev.drydock.controller.security.token.ApiTokens;
import dev.drydock.controller.web.http.SignIn;
import dev.drydock.controller.web.http.WebAccess;
import dev.drydock.controller.web.http.WebSession;
import dev.drydock.controller.web.text.When;
import java.util.Optional;

/**
 * Signs people in by name, password and code. Whoever has no password yet may give an API token instead: then the token itself is
 * the cookie, so that the pages can do what it lets its bearer do and nothing more.
 */
public final class SessionAccess implements WebAccess {
    private final Logins logins;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final Optional<SingleSignOn> singleSignOn;

    public SessionAccess(Logins logins, Sessions sessions, ApiTokens tokens, Optional<SingleSignOn> singleSignOn) {
        this.logins = logins;
        this.sessions = sessions;
        this.tokens = tokens;
        this.singleSignOn = singleSignOn;
    }

    @Override
    public SignIn signIn(String name, String password, String code, String address) {
        String token = password.strip();
        if (ApiTokens.looksLike(token)) {
            return tokens.principal(token)
                    .map(Principal::user)
                    .filter(name::equals)
                    .<SignIn>map(user -> new SignIn.Done(token))
                    .orElse(new SignIn.Refused(Logins.Reason.WRONG.text()));
        }
        return switch (logins.login(name, password, code, address)) {
            case Logins.LoggedIn in -> new SignIn.Done(in.session().secret());
            case Logins.Refused refused ->
                new SignIn.Refused(
                        refused.again().isZero()
                                ? refused.reason().text()
                                : refused.reason().text() + " (" + When.span(refused.again()) + ")");
        };
    }

    @Override
    public Optional<SingleSignOn> singleSignOn() {
        return singleSignOn;
    }

    @Override
    public Optional<WebSession> session(String cookie) {
        if (ApiTokens.looksLike(cookie)) {
            return tokens.principal(cookie)
                    .map(principal ->
                            new WebSession(principal.user(), Sessions.csrf(cookie), "Bearer " + cookie, false));
        }
        return sessions.find(cookie)
                .map(live -> new WebSession(
                        live.principal().user(),
                        Sessions.csrf(cookie),
                        Authenticator.SESSION_SCHEME + cookie,
                        live.mustChangePassword()));
    }

    @Override
    public void signOut(String cookie) {
        sessions.end(cookie);
    }
}
