package dev.drydock.controller;

import dev.drydock.controller.api.AccessService;
import dev.drydock.controller.api.AccountService;
import dev.drydock.controller.api.UserService;
import dev.drydock.controller.security.Authenticator;
import dev.drydock.controller.security.Users;
import dev.drydock.controller.security.login.LoginEvents;
import dev.drydock.controller.security.login.LoginParts;
import dev.drydock.controller.security.login.Passwords;
import dev.drydock.controller.security.login.SecretBox;
import dev.drydock.controller.security.login.Sessions;
import dev.drydock.controller.security.oidc.OidcSettings;
import dev.drydock.controller.security.oidc.SingleSignOn;
import dev.drydock.controller.security.token.ApiTokens;
import dev.drydock.controller.security.token.FirstToken;
import dev.drydock.controller.store.SqlApiTokens;
import dev.drydock.controller.store.SqlLoginFailures;
import dev.drydock.controller.store.SqlLogins;
import dev.drydock.controller.store.SqlPersons;
import dev.drydock.controller.store.SqlSessions;
import dev.drydock.controller.store.SqlUsers;
import dev.drydock.controller.store.Store;
import dev.drydock.controller.web.SessionAccess;
import dev.drydock.controller.web.http.WebAccess;
import io.grpc.BindableService;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the controller that says who may do what: users, and what lets them in. */
record Access(
        Users users,
        ApiTokens tokens,
        Authenticator authenticator,
        LoginParts login,
        Optional<SingleSignOn> singleSignOn,
        InstantSource clock) {
    private static final Logger log = LoggerFactory.getLogger(Access.class);

    /**
     * Makes the administrator where there is none.
     *
     * @param events is told of logins
     * @param oidc by which provider people sign in
     */
    static Access of(
            Store store,
            DataDirectory data,
            LoginEvents events,
            Optional<OidcSettings> oidc,
            InstantSource clock,
            SecureRandom random)
            throws IOException {
        SqlUsers kept = new SqlUsers(store);
        SqlApiTokens keptTokens = new SqlApiTokens(store, kept);
        ApiTokens tokens = new ApiTokens(keptTokens, random, clock);
        if (new FirstToken(kept, keptTokens, tokens, clock).ensure(data.adminToken(), Users.ADMIN)) {
            log.info("made the administrator's token: {}", data.adminToken());
        }
        SecretBox box = SecretBox.open(data.totpKey(), random);
        SqlPersons persons = new SqlPersons(store, clock);
        LoginParts login = LoginParts.of(
                kept,
                new SqlLogins(store),
                new SqlLoginFailures(store),
                new SqlSessions(store, kept),
                persons,
                new Passwords(random, Passwords.STRENGTH, Passwords.AT_ONCE),
                box,
                events,
                random,
                clock);
        return new Access(
                new Users(kept, clock),
                tokens,
                new Authenticator(
                        tokens::principal,
                        secret -> login.sessions().find(secret).map(Sessions.Live::principal),
                        secret -> login.sessions().look(secret).map(Sessions.Live::principal)),
                login,
                oidc.map(settings -> new SingleSignOn(settings, kept, persons, login.sessions(), box, events, clock)),
                clock);
    }

    /** How people sign in to pages. */
    WebAccess pages() {
        return new SessionAccess(login.logins(), login.sessions(), tokens, singleSignOn);
    }

    /** What the management plane serves of it. */
    List<BindableService> services() {
        return List.of(
                new UserService(users, tokens, login.accounts()),
                new AccessService(users, login.accounts()),
                new AccountService(users, tokens, login.accounts(), login.sessions(), clock));
    }
}
