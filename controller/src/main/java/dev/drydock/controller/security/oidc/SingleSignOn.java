package dev.drydock.controller.security.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.drydock.controller.security.UserStore;
import dev.drydock.controller.security.Users;
import dev.drydock.controller.security.login.LoginEvents;
import dev.drydock.controller.security.login.PersonStore;
import dev.drydock.controller.security.login.SecretBox;
import dev.drydock.controller.security.login.Sessions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets people in for whom the provider vouches, when an administrator has said that the user of that name may come this way. At the first sign-in the user
 * becomes that person of the provider for good: a name that the provider gives to somebody else later opens nothing. Thread-safe.
 */
public final class SingleSignOn {
    private static final Logger log = LoggerFactory.getLogger(SingleSignOn.class);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String SEALED_FOR = "single sign-on";
    private static final String NO_VOUCHER = "The sign-in service did not vouch for you. Begin anew.";

    private final OidcSettings settings;
    private final Provider provider;
    private final UserStore users;
    private final PersonStore persons;
    private final Sessions sessions;
    private final SecretBox box;
    private final LoginEvents events;
    private final InstantSource clock;

    public SingleSignOn(
            OidcSettings settings,
            UserStore users,
            PersonStore persons,
            Sessions sessions,
            SecretBox box,
            LoginEvents events,
            InstantSource clock) {
        this.settings = settings;
        this.provider = new Provider(settings, clock);
        this.users = users;
        this.persons = persons;
        this.sessions = sessions;
        this.box = box;
        this.events = events;
        this.clock = clock;
    }

    /** Of the button. */
    public String label() {
        return settings.label();
    }

    public sealed interface Beginning {}

    /** @param sealed for a cookie of this browser */
    public record Begun(URI provider, String sealed) implements Beginning {}

    public sealed interface Ending {}

    public record In(Sessions.Begun session, String next) implements Ending {}

    /** @param unreachable it may work later */
    public record Out(String why, boolean unreachable) implements Beginning, Ending {}

    /**
     * @param redirect where the provider is to send the browser; the provider has to know it
     * @param next a path of ours
     */
    public Beginning begin(String redirect, String next) {
        Pending pending = new Pending(
                new State().getValue(),
                new Nonce().getValue(),
                new CodeVerifier().getValue(),
                redirect,
                next,
                clock.instant().plus(PATIENCE));
        try {
            return new Begun(provider.authorization(pending), box.seal(pending.bytes(), SEALED_FOR));
        } catch (OidcException e) {
            log.warn("nobody can sign in by {}: {}", settings, e.getMessage());
            return new Out("The sign-in service cannot be reached. Try again later, or sign in by password.", true);
        }
    }

    /**
     * @param sealed as the browser's cookie gives it
     * @param state and code as the provider's answer gives them
     * @param address of the peer
     */
    public Ending end(String sealed, String state, String code, String address) {
        Optional<Pending> found = box.open(sealed, SEALED_FOR).flatMap(Pending::of);
        if (found.isEmpty()
                || !same(found.get().state(), state)
                || !clock.instant().isBefore(found.get().until())) {
            return refused(
                    "",
                    address,
                    LoginEvents.Why.NOT_BEGUN_HERE,
                    "This sign-in was not begun in this browser, or" + " took too long. Begin anew.");
        }
        if (code.isEmpty()) {
            // The person said no, or the provider did.
            return refused("", address, LoginEvents.Why.BAD_PROVIDER_ANSWER, NO_VOUCHER);
        }
        Person person;
        try {
            person = provider.person(code, found.get());
        } catch (OidcException e) {
            log.warn("a sign-in by {} was refused: {}", settings, e.getMessage());
            return e.kind() == OidcException.Kind.UNREACHABLE
                    ? new Out("The sign-in service cannot be reached. Try again later, or sign in by password.", true)
                    : refused("", address, LoginEvents.Why.BAD_PROVIDER_ANSWER, NO_VOUCHER);
        }
        return admit(person, found.get().next(), address);
    }

    private Ending admit(Person person, String next, String address) {
        String name = person.name().toLowerCase(Locale.ROOT);
        if (!Users.isName(name) || users.find(name).isEmpty()) {
            return refused(
                    name,
                    address,
                    LoginEvents.Why.UNKNOWN_USER,
                    "You have no user here. Ask an administrator for" + " one by the name that you signed in with.");
        }
        if (!persons.allowed().contains(name)) {
            return refused(
                    name,
                    address,
                    LoginEvents.Why.NOT_BY_PROVIDER,
                    "Your user may not sign in this way. Ask an" + " administrator: drydock user sso " + name);
        }
        if (!persons.isOrBecomes(name, person.issuer(), person.subject())) {
            return refused(
                    name,
                    address,
                    LoginEvents.Why.ANOTHER_PERSON,
                    "The user of your name here is another" + " person's. Ask an administrator.");
        }
        Sessions.Begun begun = sessions.begin(name, address);
        events.loggedIn(name, address, begun.session().id());
        return new In(begun, next);
    }

    private Out refused(String name, String address, LoginEvents.Why why, String told) {
        events.refused(Users.isName(name) ? name : "", address, why);
        return new Out(told, false);
    }

    private static boolean same(String wanted, String given) {
        return MessageDigest.isEqual(wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
