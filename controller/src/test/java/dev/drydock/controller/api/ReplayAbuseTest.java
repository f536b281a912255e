package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import dev.drydock.controller.rollout.RolloutState;
import dev.drydock.controller.security.Authenticator;
import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.HostScope;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.token.ApiTokens;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.RolloutServiceGrpc;
import dev.drydock.proto.v1.RolloutUpdate;
import dev.drydock.proto.v1.WatchRolloutRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What let somebody in once, used where or when it does not any more. */
final class ReplayAbuseTest {
    private static final String CLIENT = "host.labels.role == 'web'";

    @TempDir
    Path directory;

    private RestFleet fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = new RestFleet(directory);
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    /** It is open when this returns: its first update has come. */
    private Iterator<RolloutUpdate> watch(String header) {
        Iterator<RolloutUpdate> updates = TestServer.withAuthorization(
                        RolloutServiceGrpc.newBlockingStub(fleet.server.channel()), header)
                .watchRollout(
                        WatchRolloutRequest.newBuilder().setName("web-nov").build());
        assertThat(updates.next().hasRollout()).isTrue();
        return updates;
    }

    private void assertEnds(Iterator<RolloutUpdate> updates, Status.Code code) {
        fleet.rollouts.happened(Samples.rollout(RolloutState.PAUSED, RunState.RUNNING, "news"), List.of());
        assertThatThrownBy(updates::next).isInstanceOfSatisfying(StatusRuntimeException.class, ended -> assertThat(
                        ended.getStatus().getCode())
                .as(ended.getMessage())
                .isEqualTo(code));
    }

    @Test
    void aStreamTellsNothingMoreWhenItsTokenIsRevoked() {
        Iterator<RolloutUpdate> updates = watch(fleet.server.user("vera", Role.VIEWER, ""));
        assertThat(fleet.server.tokens().revoke("vera", ApiTokens.FIRST)).isTrue();
        assertEnds(updates, Status.Code.UNAUTHENTICATED);
    }

    @Test
    void aStreamTellsNothingMoreWhenItsSessionIsOver() throws Exception {
        fleet.server.user("vera", Role.VIEWER, "");
        String secret = fleet.server.login().sessions().begin("vera", "").secret();
        Iterator<RolloutUpdate> updates = watch(Authenticator.SESSION_SCHEME + secret);
        fleet.server.login().sessions().end(secret);
        assertEnds(updates, Status.Code.UNAUTHENTICATED);
    }

    /** Nothing happens that would be told, and the stream's own looks are no use of the session. */
    @Test
    void aStreamWithNothingToTellEndsToo() throws Exception {
        String token = fleet.server.user("vera", Role.VIEWER, "");
        fleet.server.user("olga", Role.VIEWER, "");
        String session = fleet.server.login().sessions().begin("olga", "").secret();
        Iterator<RolloutUpdate> byToken = watch(token);
        Iterator<RolloutUpdate> bySession = watch(Authenticator.SESSION_SCHEME + session);
        fleet.server.tokens().revoke("vera", ApiTokens.FIRST);
        fleet.server.login().sessions().end(session);
        for (Iterator<RolloutUpdate> silent : List.of(byToken, bySession)) {
            assertThatThrownBy(silent::next).isInstanceOfSatisfying(StatusRuntimeException.class, ended -> assertThat(
                            ended.getStatus().getCode())
                    .isEqualTo(Status.Code.UNAUTHENTICATED));
        }
        await().until(fleet.rollouts.listeners::isEmpty);
    }

    @Test
    void aStreamBeginsAnewWhenItsUserMaySomethingElse() throws Exception {
        Iterator<RolloutUpdate> updates = watch(fleet.server.user("vera", Role.VIEWER, ""));
        fleet.server.users().grant("vera", new Grant(Role.VIEWER, HostScope.of(CLIENT)));
        fleet.server.users().ungrant("vera", Grant.everywhere(Role.VIEWER));
        assertEnds(updates, Status.Code.UNAVAILABLE);
    }

    @Test
    void aStreamOfWhomNothingWasTakenGoesOn() {
        Iterator<RolloutUpdate> updates = watch(fleet.server.user("vera", Role.VIEWER, ""));
        fleet.rollouts.happened(Samples.rollout(RolloutState.PAUSED, RunState.RUNNING, "news"), List.of());
        assertThat(updates.next().hasRollout()).isTrue();
    }

    /** Browsers send cookies with what another site makes them send: for the API they are nothing. */
    @Test
    void aCookieOfASessionOpensNoCallOfTheApi() throws Exception {
        String secret = fleet.server.login().sessions().begin("admin", "").secret();
        List<HttpRule> rules = PermissionsTest.methods()
                .filter(method -> !method.isClientStreaming())
                .map(method -> method.getOptions().getExtension(AnnotationsProto.http))
                .toList();
        assertThat(rules).hasSizeGreaterThan(80);
        for (HttpRule rule : rules) {
            String verb = rule.getPatternCase().name();
            String path =
                    switch (rule.getPatternCase()) {
                        case GET -> rule.getGet();
                        case POST -> rule.getPost();
                        case PUT -> rule.getPut();
                        case DELETE -> rule.getDelete();
                        case PATCH -> rule.getPatch();
                        default -> throw new AssertionError(rule);
                    };
            String cookie = "__Host-drydock=" + secret;
            var asked = fleet.rest.anonymous(path.replaceAll("\\{[^}]*}", "x")).header("cookie", cookie);
            var answer = fleet.rest.send(
                    verb.equals("GET") || verb.equals("DELETE")
                            ? asked.method(verb, BodyPublishers.noBody())
                            : asked.header("content-type", "application/json")
                                    .method(verb, BodyPublishers.ofString("{}")));
            // Of services that this test has not there is nothing at the path.
            assertThat(answer.status()).as(verb + " " + path).isIn(401, 404);
            assertThat(answer.http().body()).doesNotContain("web-01");
        }
        assertThat(fleet.rollouts.asked).isEmpty();
    }
}
