package dev.drydock.controller.security.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.Users;
import dev.drydock.controller.security.login.LoginEvents;
import dev.drydock.controller.security.login.SecretBox;
import dev.drydock.controller.security.login.Sessions;
import dev.drydock.controller.store.SqlPersons;
import dev.drydock.controller.store.SqlSessions;
import dev.drydock.controller.store.SqlUsers;
import dev.drydock.controller.store.SqliteStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SingleSignOnTest {
    private static final String BACK = "https://drydock.example.com:8443/sign-in/provider/back";
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path directory;

    private final SecureRandom random = new SecureRandom();
    private final List<String> told = new ArrayList<>();
    private Instant now = NOW;
    private TestProvider provider;
    private SqliteStore store;
    private Users users;
    private SqlPersons persons;
    private Sessions sessions;
    private SingleSignOn door;

    @BeforeEach
    void start() throws Exception {
        provider = new TestProvider();
        store = SqliteStore.open(directory.resolve("drydock.db"));
        SqlUsers kept = new SqlUsers(store);
        users = new Users(kept, () -> now);
        users.add("olga", Grant.everywhere(Role.OPERATOR));
        persons = new SqlPersons(store, () -> now);
        persons.allow("olga");
        sessions = new Sessions(new SqlSessions(store, kept), random, () -> now);
        door = door(OidcSettings.DEFAULT_CLAIM);
    }

    private SingleSignOn door(String claim) throws Exception {
        return new SingleSignOn(
                new OidcSettings(
                        provider.issuer(), "drydock", Optional.of("s3cret"), claim, "Work account", Optional.empty()),
                new SqlUsers(store),
                persons,
                sessions,
                SecretBox.open(directory.resolve("key"), random),
                new Told(),
                () -> now);
    }

    @AfterEach
    void stop() {
        provider.close();
        store.close();
    }

    private final class Told implements LoginEvents {
        @Override
        public void loggedIn(String user, String address, String session) {
            told.add("in " + user + " " + address);
        }

        @Override
        public void refused(String name, String address, Why why) {
            told.add("out " + name + " " + why);
        }

        @Override
        public void changed(String user, What what, String by) {}
    }

    private SingleSignOn.Begun begin() {
        return (SingleSignOn.Begun) door.begin(BACK, "/hosts");
    }

    private static String state(SingleSignOn.Begun begun) {
        return TestProvider.parameter(URLUtils.parseParameters(begun.provider().getRawQuery()), "state");
    }

    private SingleSignOn.Ending signIn() {
        SingleSignOn.Begun begun = begin();
        return door.end(begun.sealed(), state(begun), provider.authorize(begun.provider()), "192.0.2.7");
    }

    private void assertRefused(SingleSignOn.Ending ending, LoginEvents.Why why) {
        assertThat(ending).isInstanceOf(SingleSignOn.Out.class);
        assertThat(((SingleSignOn.Out) ending).unreachable()).isFalse();
        assertThat(told).last().asString().endsWith(why.name());
        assertThat(sessions.list("olga")).isEmpty();
    }

    private void says(UnaryOperator<JWTClaimsSet.Builder> claims) {
        provider.claims = claims;
    }

    @Test
    void whoTheProviderVouchesForIsLetInUnderTheUserOfThatName() {
        SingleSignOn.In in = (SingleSignOn.In) signIn();

        assertThat(in.next()).isEqualTo("/hosts");
        assertThat(sessions.find(in.session().secret()))
                .hasValueSatisfying(live -> assertThat(live.principal().user()).isEqualTo("olga"));
        assertThat(told).containsExactly("in olga 192.0.2.7");
    }

    @Test
    void theProviderIsAskedWithPkceStateAndNonce() {
        assertThat(URLUtils.parseParameters(begin().provider().getRawQuery()))
                .containsKeys("state", "nonce", "code_challenge")
                .containsEntry("code_challenge_method", List.of("S256"))
                .containsEntry("response_type", List.of("code"))
                .containsEntry("redirect_uri", List.of(BACK));
    }

    @Test
    void anAnswerToAnotherQuestionIsRefused() {
        SingleSignOn.Begun mine = begin();
        SingleSignOn.Begun theirs = begin();
        String code = provider.authorize(theirs.provider());

        assertRefused(door.end(mine.sealed(), state(theirs), code, "192.0.2.7"), LoginEvents.Why.NOT_BEGUN_HERE);
        assertRefused(door.end("", state(theirs), code, "192.0.2.7"), LoginEvents.Why.NOT_BEGUN_HERE);
        assertRefused(door.end("bm90IHNlYWxlZA==", state(theirs), code, "192.0.2.7"), LoginEvents.Why.NOT_BEGUN_HERE);
        // Another's code in a sign-in of mine: its nonce and its challenge are not mine.
        assertRefused(door.end(mine.sealed(), state(mine), code, "192.0.2.7"), LoginEvents.Why.BAD_PROVIDER_ANSWER);
    }

    @Test
    void aSignInThatTookTooLongBeginsAnew() {
        SingleSignOn.Begun begun = begin();
        String code = provider.authorize(begun.provider());
        now = NOW.plus(Duration.ofMinutes(10));

        assertRefused(door.end(begun.sealed(), state(begun), code, "192.0.2.7"), LoginEvents.Why.NOT_BEGUN_HERE);
    }

    @Test
    void aCodeIsGoodOnce() {
        SingleSignOn.Begun begun = begin();
        String code = provider.authorize(begun.provider());
        SingleSignOn.In in = (SingleSignOn.In) door.end(begun.sealed(), state(begun), code, "192.0.2.7");
        sessions.end(in.session().secret());

        assertRefused(door.end(begun.sealed(), state(begun), code, "192.0.2.7"), LoginEvents.Why.BAD_PROVIDER_ANSWER);
    }

    @Test
    void aTokenThatIsNotWhollyRightIsRefused() {
        says(claims -> claims.claim("nonce", "another"));
        assertRefused(signIn(), LoginEvents.Why.BAD_PROVIDER_ANSWER);
        says(claims -> claims.audience("another-client"));
        assertRefused(signIn(), LoginEvents.Why.BAD_PROVIDER_ANSWER);
        says(claims -> claims.issuer("https://elsewhere.example.com"));
        assertRefused(signIn(), LoginEvents.Why.BAD_PROVIDER_ANSWER);
        says(claims -> claims.expirationTime(Date.from(Instant.now().minus(Duration.ofMinutes(5)))));
        assertRefused(signIn(), LoginEvents.Why.BAD_PROVIDER_ANSWER);
        says(claims -> claims.claim("preferred_username", null));
        assertRefused(signIn(), LoginEvents.Why.BAD_PROVIDER_ANSWER);
        says(claims -> claims);
        provider.unsigned = true;
        assertRefused(signIn(), LoginEvents.Why.BAD_PROVIDER_ANSWER);
        provider.unsigned = false;
        provider.signing = TestProvider.key("first"); // the id of a key that is published, and another key
        assertRefused(signIn(), LoginEvents.Why.BAD_PROVIDER_ANSWER);
    }

    @Test
    void aNewKeyOfTheProviderIsTakenWhenItIsPublished() {
        assertThat(signIn()).isInstanceOf(SingleSignOn.In.class);
        provider.signing = TestProvider.key("second");
        provider.published = new JWKSet(provider.signing);

        assertThat(signIn()).isInstanceOf(SingleSignOn.In.class);
    }

    @Test
    void whoHasNoUserHereStaysOut() {
        says(claims -> claims.claim("preferred_username", "mallory"));
        assertRefused(signIn(), LoginEvents.Why.UNKNOWN_USER);
        says(claims -> claims.claim("preferred_username", "olga\n"));
        assertRefused(signIn(), LoginEvents.Why.UNKNOWN_USER);
    }

    @Test
    void whoMayNotComeThisWayStaysOutAlsoTheFirstAdministrator() {
        users.add(Users.ADMIN, Grant.everywhere(Role.ADMIN));
        says(claims -> claims.claim("preferred_username", Users.ADMIN));
        assertRefused(signIn(), LoginEvents.Why.NOT_BY_PROVIDER);

        says(claims -> claims);
        persons.forbid("olga");
        assertRefused(signIn(), LoginEvents.Why.NOT_BY_PROVIDER);
    }

    @Test
    void whomTheProviderTurnsAwayStaysOut() {
        SingleSignOn.Begun begun = begin();
        assertRefused(door.end(begun.sealed(), state(begun), "", "192.0.2.7"), LoginEvents.Why.BAD_PROVIDER_ANSWER);
    }

    @Test
    void aNameThatSomebodyElseTookOverOpensNothing() {
        sessions.end(((SingleSignOn.In) signIn()).session().secret());

        says(claims -> claims.subject("person-2"));
        assertRefused(signIn(), LoginEvents.Why.ANOTHER_PERSON);
    }

    @Test
    void onePersonIsNotTwoUsers() {
        users.add("root-of-all", Grant.everywhere(Role.ADMIN));
        persons.allow("root-of-all");
        sessions.end(((SingleSignOn.In) signIn()).session().secret());

        says(claims -> claims.claim("preferred_username", "root-of-all"));
        assertRefused(signIn(), LoginEvents.Why.ANOTHER_PERSON);
    }

    @Test
    void onlyAVerifiedAddressIsAName() throws Exception {
        users.add("olga@example.com", Grant.everywhere(Role.VIEWER));
        persons.allow("olga@example.com");
        door = door("email");
        says(claims -> claims.claim("email", "olga@example.com"));
        assertRefused(signIn(), LoginEvents.Why.BAD_PROVIDER_ANSWER);
        says(claims -> claims.claim("email", "olga@example.com").claim("email_verified", true));
        assertThat(signIn()).isInstanceOf(SingleSignOn.In.class);
    }

    @Test
    void aProviderThatIsDownIsSaidToBeAndAskedAnewLater() throws Exception {
        TestProvider gone = provider;
        gone.close();
        assertThat(door.begin(BACK, "/"))
                .isInstanceOfSatisfying(SingleSignOn.Out.class, out -> assertThat(out.unreachable())
                        .isTrue());
        assertThat(door.begin(BACK, "/")).as("at once again").isInstanceOf(SingleSignOn.Out.class);
        provider = new TestProvider();
        door = door(OidcSettings.DEFAULT_CLAIM);
        SingleSignOn.Begun begun = begin();
        String code = provider.authorize(begun.provider());
        provider.close();
        assertThat(door.end(begun.sealed(), state(begun), code, "192.0.2.7"))
                .isInstanceOfSatisfying(SingleSignOn.Out.class, out -> assertThat(out.unreachable())
                        .isTrue());
        assertThat(told).isEmpty();
    }

    @Test
    void theSecretIsInNoText() {
        assertThat(new OidcSettings(provider.issuer(), "drydock", Optional.of("s3cret"), "email", "x", Optional.empty())
                        .toString())
                .doesNotContain("s3cret");
    }
}
