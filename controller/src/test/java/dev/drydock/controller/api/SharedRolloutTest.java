package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.rollout.PlannedHost;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.TimedNote;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.token.TokenScope;
import dev.drydock.controller.store.SqlRollouts;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.ApproveRolloutRequest;
import dev.drydock.proto.v1.CreateRolloutRequest;
import dev.drydock.proto.v1.GetRolloutRequest;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.HostServiceGrpc;
import dev.drydock.proto.v1.LabelHostRequest;
import dev.drydock.proto.v1.ListHostsRequest;
import dev.drydock.proto.v1.PauseRolloutRequest;
import dev.drydock.proto.v1.ReportServiceGrpc;
import dev.drydock.proto.v1.RolloutReportRequest;
import dev.drydock.proto.v1.RolloutServiceGrpc;
import dev.drydock.proto.v1.RolloutServiceGrpc.RolloutServiceBlockingStub;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.RolloutUpdate;
import dev.drydock.proto.v1.WatchRolloutRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rollout over hosts of more than one client, as each of them sees it. */
final class SharedRolloutTest {
    private static final String WEB = "host.labels.role == 'web'";

    @TempDir
    Path directory;

    private MatrixFleet fleet;
    private TestServer server;
    private RolloutServiceBlockingStub web;

    @BeforeEach
    void start() throws Exception {
        fleet = new MatrixFleet(directory);
        server = new TestServer(directory, test -> fleet.services(test));
        fleet.fill(server);
        fleet.rollouts().rollouts.add(shared());
        // What became of its hosts reports read from the record.
        assertThat(new SqlRollouts(server.store()).insert(shared(), List.of())).isEmpty();
        web = as("wanda", Role.APPROVER, WEB);
    }

    @AfterEach
    void stop() {
        server.close();
        fleet.close();
    }

    private static Rollout shared() {
        Rollout rollout = Samples.rollout(
                "o-shared",
                "shared",
                List.of(
                        new PlannedHost("h-own", "web-01", 1, ""),
                        new PlannedHost(MatrixTarget.FOREIGN_ID, "mainframe", 2, "")),
                dev.drydock.controller.rollout.RolloutState.RUNNING,
                RunState.RUNNING,
                "waits for mainframe.");
        return rollout;
    }

    private RolloutServiceBlockingStub as(String name, Role role, String hosts) {
        return TestServer.withAuthorization(
                RolloutServiceGrpc.newBlockingStub(server.channel()), server.user(name, role, hosts));
    }

    @Test
    void showsTheOwnHostsAlone() {
        var rollout =
                web.getRollout(GetRolloutRequest.newBuilder().setName("shared").build());
        assertThat(rollout.getWavesList())
                .flatExtracting(wave -> wave.getHostsList())
                .extracting(HostRun::getHost)
                .containsExactly("web-01");
        assertThat(rollout.getSpec().getSelector()).isEmpty();
        assertThat(rollout.getReason()).isEqualTo("for a reason that tells of other hosts");
        assertThat(rollout.toString()).doesNotContain("mainframe", MatrixTarget.FOREIGN_ID);

        var report = TestServer.withAuthorization(
                        ReportServiceGrpc.newBlockingStub(server.channel()), server.user("rita", Role.VIEWER, WEB))
                .rolloutReport(
                        RolloutReportRequest.newBuilder().setRollout("shared").build());
        assertThat(report.getSummary().getHosts()).isEqualTo(1);
        assertThat(report.toString()).doesNotContain("mainframe", MatrixTarget.FOREIGN_ID);
    }

    @Test
    void whoMaySeeAllSeesAll() {
        var rollout = server.client(RolloutServiceGrpc::newBlockingStub)
                .getRollout(GetRolloutRequest.newBuilder().setName("shared").build());
        assertThat(rollout.getWavesCount()).isEqualTo(2);
        assertThat(rollout.getReason()).isEqualTo("waits for mainframe.");
    }

    @Test
    void tellsOfTheOwnHostsAloneAsItGoesOn() {
        Iterator<RolloutUpdate> updates = web.watchRollout(
                WatchRolloutRequest.newBuilder().setName("shared").build());
        assertThat(updates.next().toString()).doesNotContain("mainframe");
        fleet.rollouts()
                .happened(
                        shared(),
                        List.of(
                                new TimedNote(FakeHosts.NOON, MatrixTarget.FOREIGN_ID, "offered, wave 2"),
                                new TimedNote(FakeHosts.NOON, "", "mainframe is left out: too late"),
                                new TimedNote(FakeHosts.NOON, "h-own", "succeeded")));
        RolloutUpdate update = updates.next();
        assertThat(update.getNotesList())
                .extracting(note -> note.getHost() + " " + note.getText())
                .containsExactly(" for a reason that tells of other hosts", "web-01 succeeded");
        assertThat(update.toString()).doesNotContain("mainframe", MatrixTarget.FOREIGN_ID);
    }

    @Test
    void whoHasNotAllItsHostsDoesNotSteerIt() {
        var pause = PauseRolloutRequest.newBuilder().setName("shared").build();
        assertFails(Status.Code.PERMISSION_DENIED, () -> web.pauseRollout(pause))
                .hasMessageContaining("for all hosts of rollout shared")
                .hasMessageNotContaining("mainframe");
        assertFails(
                Status.Code.PERMISSION_DENIED,
                () -> web.approveRollout(
                        ApproveRolloutRequest.newBuilder().setName("shared").build()));
        assertThat(fleet.rollouts().asked).isEmpty();
        assertThat(as("otto", Role.OPERATOR, WEB + " || host.name == 'mainframe'")
                        .pauseRollout(pause)
                        .getState())
                .isEqualTo(RolloutState.RUNNING);
    }

    /** Who made a rollout is known by the user's name, whatever the token: that is what separates duties. */
    @Test
    void anApprovalIsTheUsersWhateverTheToken() {
        String other = server.tokens()
                .create("wanda", "other", Optional.empty(), TokenScope.ALL, "wanda")
                .secret();
        TestServer.withAuthorization(RolloutServiceGrpc.newBlockingStub(server.channel()), "Bearer " + other)
                .approveRollout(ApproveRolloutRequest.newBuilder()
                        .setName("own")
                        .setComment("fine")
                        .build());
        web.approveRollout(ApproveRolloutRequest.newBuilder()
                .setName("own")
                .setComment("fine")
                .build());
        assertThat(fleet.rollouts().asked)
                .containsExactly("approve own wave 0 by wanda: fine", "approve own wave 0 by wanda: fine");
    }

    /** Pages offer an approval by what the answer says: it goes by the user who made the rollout, and not by the role. */
    @Test
    void whoMadeARolloutIsNotOfferedToApproveIt() {
        var made = web.createRollout(create(WEB));
        assertThat(made.getCreatedBy()).isEqualTo("wanda");
        assertThat(made.getSteerable()).isTrue();
        assertThat(made.getApprovable()).isFalse();

        var request = GetRolloutRequest.newBuilder().setName("own").build();
        var olga = as("olga", Role.APPROVER, WEB).getRollout(request);
        assertThat(olga.getCreatedBy()).isEqualTo("olga");
        assertThat(olga.getSteerable()).isTrue();
        assertThat(olga.getApprovable()).isFalse();
        String other = server.tokens()
                .create("olga", "other", Optional.empty(), TokenScope.ALL, "olga")
                .secret();
        assertThat(TestServer.withAuthorization(RolloutServiceGrpc.newBlockingStub(server.channel()), "Bearer " + other)
                        .getRollout(request)
                        .getApprovable())
                .isFalse();

        assertThat(web.getRollout(request).getApprovable()).isTrue();
        assertThat(web.watchRollout(
                                WatchRolloutRequest.newBuilder().setName("own").build())
                        .next()
                        .getRollout()
                        .getApprovable())
                .isTrue();
        assertThat(web.getRollout(
                                GetRolloutRequest.newBuilder().setName("shared").build())
                        .getApprovable())
                .as("it has hosts of others")
                .isFalse();
        assertThat(as("otto", Role.OPERATOR, WEB).getRollout(request).getApprovable())
                .isFalse();
    }

    private static CreateRolloutRequest create(String selector) {
        return CreateRolloutRequest.newBuilder()
                .setSpec(RolloutSpec.newBuilder()
                        .setName("made")
                        .setPlaybook("web-monthly")
                        .setWindow("sunday-night")
                        .setSelector(selector))
                .build();
    }

    @Test
    void aSelectorTakesNoHostsOutsideTheGrantNowOrLater() {
        var made = web.createRollout(create("true // all of mine"));
        assertThat(made.getWavesList())
                .flatExtracting(wave -> wave.getHostsList())
                .extracting(HostRun::getHost)
                .containsExactly("web-01");
        assertThat(made.getNotIncludedList()).isEmpty();
        assertThat(fleet.rollouts().drafts.getFirst().selector())
                .isEqualTo("(true // all of mine\n) && ((host.labels.role == 'web'))");
        assertFails(Status.Code.INVALID_ARGUMENT, () -> web.createRollout(create("true) || (true")));
        assertFails(Status.Code.INVALID_ARGUMENT, () -> web.createRollout(create("1 / host.memory_bytes == 1")))
                .hasMessageNotContaining("mainframe");
    }

    @Test
    void hostsThatAreSeenButNotOperatedAreNamed() {
        server.user("vera", Role.OPERATOR, WEB);
        server.users().grant("vera", dev.drydock.controller.security.Grant.everywhere(Role.VIEWER));
        var vera = TestServer.withAuthorization(
                RolloutServiceGrpc.newBlockingStub(server.channel()),
                "Bearer "
                        + server.tokens()
                                .create("vera", "other", Optional.empty(), TokenScope.ALL, "vera")
                                .secret());
        assertFails(Status.Code.PERMISSION_DENIED, () -> vera.createRollout(create("true")))
                .hasMessageContaining("takes hosts for which user vera has not the role operator: mainframe;");
        assertThat(vera.createRollout(create(WEB)).getWavesCount()).isEqualTo(1);
    }

    @Test
    void labelsThatSayWhoseAHostIsAreNotItsOperatorsToChange() {
        var hosts = TestServer.withAuthorization(
                HostServiceGrpc.newBlockingStub(server.channel()), server.user("olga", Role.OPERATOR, WEB));
        assertFails(
                        Status.Code.PERMISSION_DENIED,
                        () -> hosts.labelHost(LabelHostRequest.newBuilder()
                                .setName("web-01")
                                .putSet("role", "db")
                                .build()))
                .hasMessageContaining("change who may do what on host web-01");
        assertThat(hosts.labelHost(LabelHostRequest.newBuilder()
                                .setName("web-01")
                                .putSet("rack", "7")
                                .build())
                        .getFacts()
                        .getLabelsMap())
                .containsEntry("rack", "7");
    }

    @Test
    void aFilterThatHasNoAnswerForAForeignHostDoesNotTellOfIt() {
        var hosts = TestServer.withAuthorization(
                HostServiceGrpc.newBlockingStub(server.channel()), server.user("olga", Role.VIEWER, WEB));
        assertThat(hosts.listHosts(ListHostsRequest.newBuilder()
                                .setFilter("host.labels.role == 'web' || 1 / host.memory_bytes == 1")
                                .build())
                        .getHostsCount())
                .isEqualTo(1);
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> hosts.listHosts(ListHostsRequest.newBuilder()
                                .setFilter("1 / host.memory_bytes == 1")
                                .build()))
                .hasMessageContaining("web-01")
                .hasMessageNotContaining("mainframe");
    }
}
