package dev.drydock.controller.web;

import dev.drydock.controller.security.ApiTokens;
import dev.drydock.controller.web.http.SignIn;
import dev.drydock.controller.web.http.WebAccess;
import dev.drydock.controller.web.http.WebSession;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Interim: signs in by API token. */
public final class TokenAccess implements WebAccess {
    private final ApiTokens tokens;
    private final SecureRandom random;
    private final Map<String, WebSession> sessions = new ConcurrentHashMap<>();

    public TokenAccess(ApiTokens tokens, SecureRandom random) {
        this.tokens = tokens;
        this.random = random;
    }

    @Override
    public SignIn signIn(String name, String password, String code, String address) {
        return tokens.userOf(password.strip())
                .filter(user -> user.name().equals(name))
                .<SignIn>map(user -> {
                    String cookie = secret();
                    sessions.put(cookie, new WebSession(user.name(), secret(), "Bearer " + password.strip()));
                    return new SignIn.Done(cookie);
                })
                .orElse(new SignIn.Refused("The name or the password is wrong."));
    }

    @Override
    public Optional<WebSession> session(String cookie) {
        return Optional.ofNullable(sessions.get(cookie));
    }

    @Override
    public void signOut(String cookie) {
        sessions.remove(cookie);
    }

    private String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
