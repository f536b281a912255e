package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.notify.Message;
import dev.drydock.controller.notify.Outbox;
import dev.drydock.controller.store.SqlNotifications;
import dev.drydock.controller.store.SqlTeams;
import dev.drydock.controller.team.Severity;
import dev.drydock.controller.team.Teams;
import dev.drydock.proto.v1.CreateTeamRequest;
import dev.drydock.proto.v1.CreateTeamResponse;
import dev.drydock.proto.v1.GetTeamRequest;
import dev.drydock.proto.v1.ListNotificationsRequest;
import dev.drydock.proto.v1.Notices;
import dev.drydock.proto.v1.Notification;
import dev.drydock.proto.v1.NotificationChannel;
import dev.drydock.proto.v1.NotificationServiceGrpc;
import dev.drydock.proto.v1.NotificationServiceGrpc.NotificationServiceBlockingStub;
import dev.drydock.proto.v1.NotificationSeverity;
import dev.drydock.proto.v1.NotificationState;
import dev.drydock.proto.v1.QuietHours;
import dev.drydock.proto.v1.Team;
import dev.drydock.proto.v1.TeamServiceGrpc;
import dev.drydock.proto.v1.TeamServiceGrpc.TeamServiceBlockingStub;
import dev.drydock.proto.v1.TestTeamRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TeamServiceTest {
    private static final String HOOK = "https://hooks.example.com/services/T0/B0/secret";
    private static final CreateTeamRequest WEB = CreateTeamRequest.newBuilder()
            .setName("web")
            .setHosts("host.labels.role == 'web'")
            .addMail("web@example.com")
            .setSlack(HOOK)
            .putLeast("web@example.com", NotificationSeverity.SEVERITY_CRITICAL)
            .setQuiet(QuietHours.newBuilder().setZone("UTC").setFrom("11:00").setTo("13:00"))
            .build();

    @TempDir
    Path directory;

    private final FakeHosts hosts = new FakeHosts();
    private final AtomicInteger ids = new AtomicInteger();
    private TestServer server;
    private TeamServiceBlockingStub service;
    private NotificationServiceBlockingStub notifications;

    @BeforeEach
    void start() throws Exception {
        hosts.add("h-1", "web-01", "web");
        server = new TestServer(directory, test -> {
            SqlNotifications store = new SqlNotifications(test.store());
            Teams teams = new Teams(new SqlTeams(test.store()), TestServer.CLOCK, new SecureRandom());
            Outbox outbox = outbox(store);
            return List.of(
                    new TeamService(teams, hosts, store, outbox, true, TestServer.CLOCK),
                    new NotificationService(store, outbox, teams));
        });
        service = server.client(TeamServiceGrpc::newBlockingStub);
        notifications = server.client(NotificationServiceGrpc::newBlockingStub);
    }

    private Outbox outbox(SqlNotifications store) {
        return new Outbox(store, TestServer.CLOCK, () -> "n-" + ids.incrementAndGet());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theUrlOfAChatIsInNoAnswer() {
        Team made = service.createTeam(WEB).getTeam();
        Team shown = service.getTeam(GetTeamRequest.newBuilder().setName("web").build());

        assertThat(made.getSlack()).isEqualTo("https://hooks.example.com/…");
        assertThat(shown.getOwnedHostsList()).containsExactly("web-01");
        assertThat(shown.getLeastMap()).isEqualTo(WEB.getLeastMap());
        assertThat(shown.getQuiet().getDaysCount()).isEqualTo(7);
        assertThat(made + shown.toString()).doesNotContain("secret");
    }

    @Test
    void whatIsShownSentBackChangesNothing() {
        Team made = service.createTeam(WEB.toBuilder()
                        .setWebhook("https://ops.example.com/hook?of=web")
                        .build())
                .getTeam();

        CreateTeamRequest back = back(made);

        assertThat(service.createTeam(back).getTeam()).isEqualTo(made);
        Team more = service.createTeam(back.toBuilder()
                        .addMail("more@example.com")
                        .setReplace(true)
                        .setEtag(made.getEtag())
                        .build())
                .getTeam();
        assertThat(more.getMailCount()).isEqualTo(2);
        assertThat(service.createTeam(WEB.toBuilder()
                                .setWebhook("https://ops.example.com/hook?of=web")
                                .addMail("more@example.com")
                                .build())
                        .getTeam())
                .as("whole links, and the key, are what they were")
                .isEqualTo(more);
    }

    private static CreateTeamRequest back(Team team) {
        return CreateTeamRequest.newBuilder()
                .setName(team.getName())
                .setHosts(team.getHosts())
                .addAllMail(team.getMailList())
                .setWebhook(team.getWebhook())
                .setSlack(team.getSlack())
                .setNotices(Notices.newBuilder().addAllBefore(team.getNoticesList()))
                .putAllLeast(team.getLeastMap())
                .setQuiet(team.getQuiet())
                .build();
    }

    @Test
    void saysBeforehandWhetherAKeyWouldBeMade() {
        CreateTeamRequest hook = WEB.toBuilder()
                .setWebhook("https://ops.example.com/a")
                .setReplace(true)
                .setValidateOnly(true)
                .build();
        CreateTeamResponse anew = service.createTeam(hook);
        assertThat(anew.getWebhookSecretMade()).isTrue();
        assertThat(anew.getWebhookSecret()).isEmpty();
        assertThat(service.createTeam(WEB).getWebhookSecretMade()).isFalse();

        var unused = service.createTeam(hook.toBuilder().setValidateOnly(false).build());

        assertThat(service.createTeam(hook.toBuilder().setHosts("true").build()).getWebhookSecretMade())
                .as("it stays with its webhook")
                .isFalse();
        assertThat(service.createTeam(hook.toBuilder()
                                .setWebhook("https://ops.example.com/b")
                                .build())
                        .getWebhookSecretMade())
                .isTrue();
    }

    @Test
    void aTrialReachesEachAddressAlsoInQuietHours() {
        var unused = service.createTeam(WEB);

        List<Notification> tried = service.testTeam(
                        TestTeamRequest.newBuilder().setName("web").build())
                .getNotificationsList();

        assertThat(tried)
                .extracting(Notification::getChannel)
                .containsExactly(NotificationChannel.MAIL, NotificationChannel.SLACK);
        assertThat(tried)
                .allSatisfy(one -> assertThat(one.getState()).isEqualTo(NotificationState.NOTIFICATION_PENDING));
        assertThat(tried.getLast().getTarget()).isEqualTo("https://hooks.example.com/…");
    }

    @Test
    void whatIsHeldAndMergedIsListed() {
        var unused = service.createTeam(WEB);
        Teams teams = new Teams(new SqlTeams(server.store()), TestServer.CLOCK, new SecureRandom());
        Outbox outbox = outbox(new SqlNotifications(server.store()));
        for (String about : List.of("a", "b")) {
            var alsoUnused = outbox.put(
                    teams.find("web"),
                    new Message(
                            about,
                            about,
                            "",
                            "{}",
                            FakeHosts.NOON.plus(Duration.ofDays(1)),
                            Severity.WARNING,
                            "silent"));
        }

        List<Notification> all = notifications
                .listNotifications(ListNotificationsRequest.getDefaultInstance())
                .getNotificationsList();

        assertThat(all)
                .extracting(Notification::getState)
                .containsExactly(NotificationState.NOTIFICATION_MERGED, NotificationState.NOTIFICATION_HELD);
        assertThat(all.getFirst().getMergedInto()).isEqualTo(all.getLast().getId());
        assertThat(all.getLast().getRepeats()).isEqualTo(1);
        assertThat(all.getLast().getSeverity()).isEqualTo(NotificationSeverity.SEVERITY_WARNING);
        assertThat(all.getLast().getNextAttemptAt()).isEqualTo(Times.timestamp(FakeHosts.NOON.plusSeconds(3600)));
        assertThat(notifications
                        .listNotifications(ListNotificationsRequest.newBuilder()
                                .setState(NotificationState.NOTIFICATION_HELD)
                                .build())
                        .getNotificationsList())
                .hasSize(1);
    }

    @Test
    void saysAllThatIsWrong() {
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> service.createTeam(WEB.toBuilder()
                                .putLeast("x", NotificationSeverity.SEVERITY_INFO)
                                .setQuiet(QuietHours.getDefaultInstance())
                                .build()))
                .hasMessageContaining("least: 'x'")
                .hasMessageContaining("quiet.zone")
                .hasMessageContaining("quiet.from");
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> service.createTeam(WEB.toBuilder()
                                .putLeast("x", NotificationSeverity.NOTIFICATION_SEVERITY_UNSPECIFIED)
                                .build()))
                .hasMessageContaining("least: 'x' has no severity");
    }
}
