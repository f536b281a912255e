package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.compliance.Reports;
import dev.drydock.controller.contract.Contracts;
import dev.drydock.controller.notify.Outbox;
import dev.drydock.controller.reporting.ReportSchedules;
import dev.drydock.controller.reporting.ReportSender;
import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.HostScope;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.token.TokenScope;
import dev.drydock.controller.store.SqlContracts;
import dev.drydock.controller.store.SqlIncidents;
import dev.drydock.controller.store.SqlNotifications;
import dev.drydock.controller.store.SqlReportSchedules;
import dev.drydock.controller.store.SqlRunOutcomes;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqlTeams;
import dev.drydock.controller.team.Teams;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.proto.v1.ContractServiceGrpc;
import dev.drydock.proto.v1.CreateContractRequest;
import dev.drydock.proto.v1.CreateReportScheduleRequest;
import dev.drydock.proto.v1.DeleteReportScheduleRequest;
import dev.drydock.proto.v1.DocumentFormat;
import dev.drydock.proto.v1.GetReportScheduleRequest;
import dev.drydock.proto.v1.ListReportSchedulesRequest;
import dev.drydock.proto.v1.RenderContractReportRequest;
import dev.drydock.proto.v1.ReportKind;
import dev.drydock.proto.v1.ReportSchedule;
import dev.drydock.proto.v1.ReportScheduleServiceGrpc;
import dev.drydock.proto.v1.ReportScheduleServiceGrpc.ReportScheduleServiceBlockingStub;
import dev.drydock.proto.v1.ReportScheduleSpec;
import dev.drydock.proto.v1.ReportSending;
import dev.drydock.proto.v1.ReportSendingState;
import dev.drydock.proto.v1.RunReportScheduleRequest;
import dev.drydock.proto.v1.UpdateReportScheduleRequest;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose schedules are whose, and that none shows more than its owner may see when it is sent. */
final class ReportScheduleServiceTest {
    private static final ReportScheduleSpec WEEKLY = ReportScheduleSpec.newBuilder()
            .setFormat(DocumentFormat.DOCUMENT_CSV)
            .setRrule("FREQ=WEEKLY;BYDAY=MO")
            .setStart("2026-11-30T07:00")
            .setZone("Europe/Berlin")
            .addMail("board@example.com")
            .setWebhook("https://hooks.example.com/secret-path")
            .build();
    private static final String WEB = "host.labels.role == 'web'";

    @TempDir
    Path directory;

    private final FakeHosts hosts = new FakeHosts();
    private final AtomicInteger ids = new AtomicInteger();
    private TestServer server;
    private ReportScheduleServiceBlockingStub admin;
    private ReportScheduleServiceBlockingStub olga;

    @BeforeEach
    void start() throws Exception {
        hosts.add("h-1", "web-01", "web");
        hosts.add("h-9", "db-01", "db");
        server = new TestServer(directory, test -> {
            FakeRollouts rollouts = new FakeRollouts();
            SqlRunStore runs = new SqlRunStore(test.store(), TestServer.CLOCK, run -> {});
            Reports domain = new Reports(hosts, new SqlRunOutcomes(test.store()), List::of, TestServer.CLOCK);
            ReportService reports = new ReportService(
                    domain,
                    new JudgingServices(test.store(), hosts, directory.resolve("feeds")).reports(domain, rollouts),
                    rollouts,
                    runs,
                    hosts);
            ContractService contracts = new ContractService(
                    new Contracts(
                            new SqlContracts(test.store()),
                            () -> hosts.all().stream().map(host -> host.facts()).toList(),
                            name -> false,
                            TestServer.CLOCK),
                    new SqlIncidents(test.store()),
                    hosts,
                    () -> Blackouts.NONE,
                    TestServer.CLOCK);
            SqlReportSchedules store = new SqlReportSchedules(test.store());
            SqlNotifications notifications = new SqlNotifications(test.store());
            Teams teams = new Teams(new SqlTeams(test.store()), TestServer.CLOCK, new SecureRandom());
            ReportSchedules schedules = new ReportSchedules(
                    store, () -> "s-" + ids.incrementAndGet(), TestServer.CLOCK, new SecureRandom());
            ReportDocuments documents = new ReportDocuments(reports, contracts, test.users());
            return List.of(
                    contracts,
                    new ReportScheduleService(
                            schedules,
                            store,
                            new ReportSender(
                                    schedules,
                                    store,
                                    documents,
                                    teams,
                                    new Outbox(notifications, TestServer.CLOCK, () -> "n-" + ids.incrementAndGet()),
                                    TestServer.CLOCK,
                                    "https://localhost:7443"),
                            documents,
                            contracts,
                            notifications,
                            teams,
                            test.users(),
                            hosts,
                            true,
                            TestServer.CLOCK));
        });
        admin = server.client(ReportScheduleServiceGrpc::newBlockingStub);
        olga = user("olga", Role.OPERATOR, WEB);
    }

    private ReportScheduleServiceBlockingStub user(String name, Role role, String scope) {
        return as(server.user(name, role, scope));
    }

    private ReportScheduleServiceBlockingStub as(String header) {
        return TestServer.withAuthorization(ReportScheduleServiceGrpc.newBlockingStub(server.channel()), header);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static CreateReportScheduleRequest create(String name) {
        return CreateReportScheduleRequest.newBuilder()
                .setName(name)
                .setSpec(WEEKLY)
                .build();
    }

    private static ReportSending run(ReportScheduleServiceBlockingStub who, String name) {
        return who.runReportSchedule(
                RunReportScheduleRequest.newBuilder().setName(name).build());
    }

    private static ReportSchedule get(ReportScheduleServiceBlockingStub who, String name) {
        return who.getReportSchedule(
                GetReportScheduleRequest.newBuilder().setName(name).build());
    }

    private static List<String> names(ReportScheduleServiceBlockingStub who) {
        return who.listReportSchedules(ListReportSchedulesRequest.getDefaultInstance()).getSchedulesList().stream()
                .map(ReportSchedule::getName)
                .toList();
    }

    /** What was sent last. */
    private String document() {
        return server.store().read(handle -> handle.createQuery(
                        "SELECT content FROM report_sendings ORDER BY made_at DESC, about DESC LIMIT 1")
                .map((row, context) -> new String(row.getBytes("content"), StandardCharsets.UTF_8))
                .one());
    }

    @Test
    void makesShowsRunsAndDeletes() {
        assertThat(olga.createReportSchedule(create("board").toBuilder()
                                .setValidateOnly(true)
                                .build())
                        .getWebhookSecret())
                .isEmpty();
        assertThat(names(olga)).isEmpty();

        var made = olga.createReportSchedule(create("board"));
        assertThat(made.getWebhookSecret()).startsWith("whsec_");
        assertThat(made.getSchedule().getOwner()).isEqualTo("olga");
        assertThat(made.getSchedule().getSpec().getWebhook()).isEqualTo("https://hooks.example.com/…");
        assertThat(made.getSchedule().getNextAt().getSeconds()).isEqualTo(1_796_018_400L);
        assertThat(olga.createReportSchedule(create("board")))
                .isEqualTo(made.toBuilder().clearWebhookSecret().build());

        ReportSending sending = run(olga, "board");
        assertThat(sending.getState()).isEqualTo(ReportSendingState.REPORT_PENDING);
        assertThat(sending.getBy()).isEqualTo("olga");
        assertThat(sending.getFileName()).isEqualTo("compliance-2026-11-24.csv");
        assertThat(sending.getNotificationsList())
                .extracting(one -> one.getTarget())
                .containsExactly("board@example.com", "webhook of report/board");
        assertThat(get(olga, "board").getSendingsList()).containsExactly(sending);

        olga.deleteReportSchedule(
                DeleteReportScheduleRequest.newBuilder().setName("board").build());
        assertFails(Status.Code.NOT_FOUND, () -> get(olga, "board"));
    }

    @Test
    void itShowsWhatItsOwnerMaySeeWhoeverRunsIt() {
        olga.createReportSchedule(create("board"));
        run(admin, "board");
        assertThat(document()).contains("web-01").doesNotContain("db-01");
        admin.createReportSchedule(create("all"));
        run(admin, "all");
        assertThat(document()).contains("web-01", "db-01");
    }

    @Test
    void whoLostTheGrantsIsRefusedAndItIsSaid() throws Exception {
        olga.createReportSchedule(create("board"));
        server.users().ungrant("olga", new Grant(Role.OPERATOR, HostScope.of(WEB)));
        ReportSending refused = run(admin, "board");
        assertThat(refused.getState()).isEqualTo(ReportSendingState.REPORT_REFUSED);
        assertThat(refused.getProblem()).contains("may not see it any more", "olga");
        assertThat(refused.getNotificationsList()).isEmpty();

        server.users().grant("olga", new Grant(Role.VIEWER, HostScope.of(WEB)));
        assertThat(run(admin, "board").getProblem())
                .as("may look, and not send")
                .contains("needs the role operator");

        server.users().remove("olga");
        assertThat(run(admin, "board").getProblem()).contains("is no user any more");
        assertThat(get(admin, "board").getSendingsList())
                .as("at the tests' time all are one")
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.getState()).isEqualTo(ReportSendingState.REPORT_REFUSED));
    }

    @Test
    void anotherUserOfThatNameIsNotTheOwner() {
        olga.createReportSchedule(create("board"));
        server.store()
                .writeNow(handle -> handle.execute("UPDATE users SET created_at = created_at + 1 WHERE name = 'olga'"));
        assertThat(run(admin, "board").getProblem()).contains("is another");
        assertFails(Status.Code.NOT_FOUND, () -> get(olga, "board"));
    }

    @Test
    void othersDoNotSeeItAndAdministratorsMayPauseAndDeleteIt() {
        olga.createReportSchedule(create("board"));
        ReportScheduleServiceBlockingStub oscar = user("oscar", Role.OPERATOR, WEB);
        ReportScheduleServiceBlockingStub vera = user("vera", Role.VIEWER, "");
        ReportScheduleServiceBlockingStub paul = user("paul", Role.OPERATOR, "");
        assertThat(names(oscar)).isEmpty();
        assertFails(Status.Code.NOT_FOUND, () -> run(oscar, "board"));
        assertThat(names(vera)).containsExactly("board");
        assertFails(Status.Code.PERMISSION_DENIED, () -> vera.createReportSchedule(create("mine")));
        assertFails(Status.Code.PERMISSION_DENIED, () -> run(paul, "board"));
        assertFails(
                Status.Code.PERMISSION_DENIED,
                () -> paul.deleteReportSchedule(DeleteReportScheduleRequest.newBuilder()
                        .setName("board")
                        .build()));

        ReportSchedule there = get(admin, "board");
        assertFails(
                        Status.Code.PERMISSION_DENIED,
                        () -> update(
                                admin,
                                there.getSpec().toBuilder()
                                        .addMail("me@example.com")
                                        .build(),
                                there.getEtag()))
                .hasMessageContaining("the owner's to change");
        update(admin, there.getSpec().toBuilder().setPaused(true).build(), there.getEtag());
        assertThat(get(olga, "board").hasNextAt()).isFalse();
        assertFails(Status.Code.FAILED_PRECONDITION, () -> update(olga, WEEKLY, there.getEtag()));
    }

    private static ReportSchedule update(ReportScheduleServiceBlockingStub who, ReportScheduleSpec spec, String etag) {
        return who.updateReportSchedule(UpdateReportScheduleRequest.newBuilder()
                        .setName("board")
                        .setSpec(spec)
                        .setEtag(etag)
                        .build())
                .getSchedule();
    }

    @Test
    void aWebhookThatIsGivenBackAsItIsShownStays() {
        olga.createReportSchedule(create("board"));
        ReportSchedule there = get(olga, "board");
        var changed = olga.updateReportSchedule(UpdateReportScheduleRequest.newBuilder()
                .setName("board")
                .setSpec(there.getSpec().toBuilder().setFormat(DocumentFormat.DOCUMENT_HTML))
                .setEtag(there.getEtag())
                .build());
        assertThat(changed.getWebhookSecret()).isEmpty();
        assertThat(server.store().<String>read(handle -> handle.createQuery("SELECT webhook FROM report_schedules")
                        .mapTo(String.class)
                        .one()))
                .isEqualTo(WEEKLY.getWebhook());
    }

    /** Else a schedule would be a way from a small token to all that its user may see. */
    @Test
    void aNarrowedTokenMakesAndRunsNone() {
        olga.createReportSchedule(create("board"));
        ReportScheduleServiceBlockingStub narrow = as("Bearer "
                + server.tokens()
                        .create(
                                "olga",
                                "ci",
                                Optional.empty(),
                                new TokenScope(Optional.of(Role.OPERATOR), scope("host.name == 'web-01'")),
                                "olga")
                        .secret());
        assertFails(Status.Code.PERMISSION_DENIED, () -> narrow.createReportSchedule(create("more")))
                .hasMessageContaining("gives less");
        assertFails(Status.Code.PERMISSION_DENIED, () -> run(narrow, "board"));
    }

    private static HostScope scope(String cel) {
        try {
            return HostScope.of(cel);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> olga.createReportSchedule(CreateReportScheduleRequest.newBuilder()
                                .setName("No Name")
                                .setSpec(ReportScheduleSpec.newBuilder()
                                        .setKind(ReportKind.REPORT_CONTRACT)
                                        .setContract("shop")
                                        .setStart("soon")
                                        .setZone("Mars")
                                        .addTeams("nobody"))
                                .build()))
                .hasMessageContainingAll(
                        "name: 'No Name'",
                        "start: 'soon'",
                        "zone: 'Mars'",
                        "teams: there is no team 'nobody'",
                        "contract: there is no contract 'shop'");
    }

    @Test
    void aContractsReportIsOfTheMonthBeforeAndComesInEveryFormat() {
        server.client(ContractServiceGrpc::newBlockingStub)
                .createContract(CreateContractRequest.newBuilder()
                        .setName("shop")
                        .setClient("Shop <Ltd>")
                        .setHosts(WEB)
                        .setZone("Europe/Berlin")
                        .addTerms(dev.drydock.proto.v1.ContractTerms.newBuilder()
                                .setType(dev.drydock.proto.v1.MaintenanceType.MAINTENANCE_CORRECTIVE))
                        .build());
        admin.createReportSchedule(CreateReportScheduleRequest.newBuilder()
                .setName("shop")
                .setSpec(WEEKLY.toBuilder().setKind(ReportKind.REPORT_CONTRACT).setContract("shop"))
                .build());
        assertThat(run(admin, "shop").getFileName()).isEqualTo("contract-shop-2026-10-01.csv");
        assertThat(document()).contains("2026-09-30T22:00:00Z,2026-10-31T23:00:00Z");

        for (DocumentFormat format : List.of(
                DocumentFormat.DOCUMENT_HTML,
                DocumentFormat.DOCUMENT_PDF,
                DocumentFormat.DOCUMENT_CSV,
                DocumentFormat.DOCUMENT_JSON,
                DocumentFormat.DOCUMENT_JUNIT)) {
            var file = admin.renderContractReport(RenderContractReportRequest.newBuilder()
                    .setContract("shop")
                    .setFrom(Times.timestamp(FakeHosts.NOON.minusSeconds(86_400)))
                    .setTo(Times.timestamp(FakeHosts.NOON))
                    .setFormat(format)
                    .build());
            assertThat(file.getContent().isEmpty()).isFalse();
            assertThat(file.getContent().toStringUtf8()).doesNotContain("Shop <Ltd>\n</");
        }
    }
}
