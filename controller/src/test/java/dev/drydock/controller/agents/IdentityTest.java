package dev.drydock.controller.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.drydock.controller.agents.TestAgent.Connection;
import dev.drydock.controller.run.Runs;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.FactsReport;
import dev.drydock.proto.agent.v1.GoAway;
import dev.drydock.proto.agent.v1.Heartbeat;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.RenewRequest;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdentityTest {
    @TempDir
    Path directory;

    private TestPlane plane;
    private TestAgent agent;

    @BeforeEach
    void start() throws Exception {
        plane = TestPlane.in(directory);
        agent = plane.agent("web");
    }

    @AfterEach
    void close() {
        agent.close();
        plane.close();
    }

    private HostView host() {
        return plane.plane.directory().find(agent.hostId).orElseThrow();
    }

    @Test
    void anExpiredCertificateDoesNotGetPastTheHandshake() {
        CertificateAuthority yesterday = CertificateAuthority.open(
                directory, InstantSource.fixed(Instant.now().minus(Duration.ofDays(1))), new SecureRandom());
        try (TestAgent late = TestAgent.certifiedBy(yesterday, plane, agent.hostId, Duration.ofHours(2))) {
            assertThat(late.open().status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void aForeignAuthorityDoesNotGetPastTheHandshake() {
        CertificateAuthority foreign =
                CertificateAuthority.open(directory.resolve("foreign"), InstantSource.system(), new SecureRandom());
        try (TestAgent stranger = TestAgent.certifiedBy(foreign, plane, agent.hostId, Duration.ofDays(1))) {
            assertThat(stranger.open().status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void aStreamDoesNotOutliveItsCertificate() {
        try (TestAgent brief = TestAgent.certifiedBy(plane.authority, plane, agent.hostId, Duration.ofSeconds(3))) {
            Connection connection = brief.connect("i-1");
            assertThat(connection.goAway().getFinal()).isFalse();
            assertThat(connection.status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            // The connection is still there; what is called on it is looked at again.
            assertThat(brief.open().status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    void revokingCutsTheStreamBeforeItReturnsAndNothingIsOpenAfterIt() {
        Connection connection = agent.connect("i-1");

        HostView revoked = plane.plane.admin().revoke("web").orElseThrow();

        assertThat(revoked.revoked()).isTrue();
        assertThat(revoked.online()).isFalse();
        GoAway goAway = connection.goAway();
        assertThat(goAway.getFinal()).isTrue();
        assertThat(goAway.getReason()).contains("revoked");
        assertThat(connection.status().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);

        Connection again = agent.open();
        again.say(TestAgent.hello("i-1"));
        assertThat(again.goAway().getFinal()).isTrue();
        assertThat(again.status().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(catchThrowableOfType(StatusRuntimeException.class, () -> agent.enrollment()
                                .renew(RenewRequest.newBuilder()
                                        .setCsr(ByteString.copyFrom(TestKeys.request(TestKeys.p256())))
                                        .build()))
                        .getStatus()
                        .getCode())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(plane.plane.admin().revoke("web")).isPresent();
    }

    @Test
    void aRevokedHostStaysOutAfterARestart() throws Exception {
        plane.plane.admin().revoke("web");
        plane.close();
        plane = TestPlane.in(directory);
        try (TestAgent known = TestAgent.certifiedBy(plane.authority, plane, agent.hostId, Duration.ofDays(1))) {
            Connection connection = known.open();
            connection.say(TestAgent.hello("i-1"));
            assertThat(connection.goAway().getFinal()).isTrue();
        }
    }

    @Test
    void aHostThatIsNotOnRecordIsToldSo() {
        try (TestAgent unknown = TestAgent.certifiedBy(plane.authority, plane, "h-unknown", Duration.ofDays(1))) {
            Connection connection = unknown.open();
            connection.say(TestAgent.hello("i-1"));
            assertThat(connection.goAway().getReason()).contains("h-unknown").contains("Enrol");
            assertThat(connection.status().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
    }

    @Test
    void aNameIsNoIdentity() {
        try (TestAgent named = TestAgent.certifiedBy(plane.authority, plane, "web", Duration.ofDays(1))) {
            Connection connection = named.open();
            connection.say(TestAgent.hello("i-1"));
            assertThat(connection.status().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
    }

    @Test
    void theSameAgentTakesThePlaceOfItsOlderStream() {
        Connection older = agent.connect("i-1");
        Connection newer = agent.connect("i-1");

        assertThat(older.goAway().getFinal()).isFalse();
        assertThat(older.status().getCode()).isEqualTo(Status.Code.ABORTED);
        newer.say(AgentMessage.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
        assertThat(host().online()).isTrue();
        assertThat(host().cloned()).isFalse();
        assertThat(newer.heardNothing()).isTrue();
    }

    @Test
    void aCloneOfALivingAgentIsRefusedAndFlagged() {
        Connection original = agent.connect("i-1");
        Connection clone = agent.open();
        clone.say(TestAgent.hello("i-2"));

        // Asked for a sign of life, the original gives one.
        assertThat(original.next().hasFactsRequest()).isTrue();
        original.say(AgentMessage.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));

        GoAway goAway = clone.goAway();
        assertThat(goAway.getFinal()).isTrue();
        assertThat(goAway.getReason()).contains("clone");
        assertThat(clone.status().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
        await().until(() -> host().cloned());
        assertThat(host().online()).isTrue();
        assertThat(original.heardNothing()).isTrue();

        // Its mark can be taken back, and comes back with the clone.
        assertThat(plane.plane.admin().clearClone("web").orElseThrow().cloned()).isFalse();
        Connection again = agent.open();
        again.say(TestAgent.hello("i-2"));
        assertThat(original.next().hasFactsRequest()).isTrue();
        original.say(AgentMessage.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
        assertThat(again.goAway().getFinal()).isTrue();
        await().until(() -> host().cloned());
    }

    @Test
    void ahostThatCameBackWithoutAWordOfItsOlderStreamIsNoClone() {
        Connection dead = agent.connect("i-1");
        Connection rebooted = agent.open();
        rebooted.say(TestAgent.hello("i-2"));
        assertThat(dead.next().hasFactsRequest()).isTrue();

        plane.passes(Duration.ofSeconds(5));

        rebooted.welcome();
        assertThat(dead.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(host().cloned()).isFalse();
        assertThat(host().online()).isTrue();
    }

    @Test
    void theNewerStreamNeedNotWaitWhenTheOlderEnds() {
        Connection dying = agent.connect("i-1");
        Connection restarted = agent.open();
        restarted.say(TestAgent.hello("i-2"));
        assertThat(dying.next().hasFactsRequest()).isTrue();
        dying.drop();
        restarted.welcome();
        assertThat(host().cloned()).isFalse();
    }

    @Test
    void whoComesBackWithATlsSessionIsKnown() {
        agent.connect("i-1");
        try (TestAgent second = agent.reconnected();
                TestAgent third = agent.reconnected()) {
            second.connect("i-1");
            third.connect("i-1");
            assertThat(host().online()).isTrue();
            plane.plane.admin().revoke("web");
            try (TestAgent fourth = agent.reconnected()) {
                Connection connection = fourth.open();
                connection.say(TestAgent.hello("i-1"));
                assertThat(connection.goAway().getFinal()).isTrue();
            }
        }
    }

    @Test
    void aSilentStreamIsCut() {
        Connection connection = agent.connect("i-1");
        assertThat(host().online()).isTrue();
        plane.passes(Duration.ofSeconds(91));
        assertThat(connection.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        await().until(() -> !host().online());
    }

    @Test
    void versionsWithNothingInCommonAreBothNamed() {
        Connection connection = agent.open();
        connection.say(TestAgent.hello("i-1")
                .setAgentVersion("9.9.9")
                .setProtocolMin(7)
                .setProtocolMax(8));
        GoAway goAway = connection.goAway();
        assertThat(goAway.getReason())
                .contains("9.9.9")
                .contains("7 to 8")
                .contains("0.1.0-test")
                .contains("1 to 1");
        assertThat(connection.status().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    }

    @Test
    void speaksTheHighestVersionThatBothKnow() throws Exception {
        plane.close();
        plane = TestPlane.in(directory, TestPlane.Options.DEFAULT.with(TestPlane.Options.settings(2, 3)));
        try (TestAgent older = plane.agent("older")) {
            Connection connection = older.open();
            connection.say(TestAgent.hello("i-1").setProtocolMin(1).setProtocolMax(2));
            assertThat(connection.welcome().getProtocol()).isEqualTo(2);
        }
    }

    @Test
    void theFirstMessageIsHelloAndThereIsOnlyOne() {
        Connection connection = agent.open();
        connection.say(AgentMessage.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
        assertThat(connection.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);

        Connection twice = agent.connect("i-1");
        twice.say(TestAgent.hello("i-1"));
        assertThat(twice.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void openRunsWithIdsThatAreFilesElsewhereAreRefused() {
        Connection connection = agent.open();
        connection.say(TestAgent.hello(
                "i-1", OpenRun.newBuilder().setRunId("../../etc/passwd").build()));
        assertThat(connection.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void factsAreAskedForOnceAndStored() {
        Connection connection = agent.open();
        connection.say(TestAgent.hello("i-1").setFactsDigest("f1"));
        assertThat(connection.welcome().getFactsWanted()).isTrue();
        connection.say(AgentMessage.newBuilder()
                .setFacts(FactsReport.newBuilder()
                        .setDigest("f1")
                        .setFacts(Host.newBuilder()
                                .setId("h-other")
                                .setName("liar")
                                .setOs(Os.newBuilder().setFamily("debian")))));
        await().until(() -> host().facts().getOs().getFamily().equals("debian"));
        assertThat(host().facts().getId()).isEqualTo(agent.hostId);
        assertThat(host().facts().getName()).isEqualTo("web");

        Connection again = agent.open();
        again.say(TestAgent.hello("i-1").setFactsDigest("f1"));
        assertThat(again.welcome().getFactsWanted()).isFalse();
        plane.plane.admin().refreshFacts("web");
        assertThat(again.next().getFactsRequest().getRefresh()).isTrue();
    }

    @Test
    void heartbeatsShowTheSkewAndAreOnRecordInAWhile() {
        Connection connection = agent.connect("i-1");
        Instant fast = Instant.now().plusSeconds(90);
        connection.say(AgentMessage.newBuilder()
                .setHeartbeat(
                        Heartbeat.newBuilder().setClock(Timestamp.newBuilder().setSeconds(fast.getEpochSecond()))));
        await().until(() -> host().clockSkew().isPresent());
        assertThat(host().clockSkew().orElseThrow()).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(91));
        await().until(() -> plane.hosts.find("web").orElseThrow().clockSkew().isPresent());
        assertThat(plane.hosts.find("web").orElseThrow().lastSeen().orElseThrow())
                .isAfter(Runs.NOON);
    }

    @Test
    void stoppingSendsAgentsAwayToComeBack() {
        Connection connection = agent.connect("i-1");
        plane.plane.close();
        GoAway goAway = connection.goAway();
        assertThat(goAway.getFinal()).isFalse();
        assertThat(goAway.getReason()).contains("stopping");
        assertThat(Duration.ofSeconds(
                        goAway.getAfter().getSeconds(), goAway.getAfter().getNanos()))
                .isBetween(Duration.ZERO, Duration.ofMillis(50));
        assertThat(connection.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }
}
