package dev.drydock.controller.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.document.Document;
import dev.drydock.controller.notify.Attachment;
import dev.drydock.controller.notify.Notification;
import dev.drydock.controller.notify.Outbox;
import dev.drydock.controller.store.SqlNotifications;
import dev.drydock.controller.store.SqlReportSchedules;
import dev.drydock.controller.store.SqlTeams;
import dev.drydock.controller.store.SqliteStore;
import dev.drydock.controller.team.TeamDraft;
import dev.drydock.controller.team.Teams;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real database; reports are made as the test says. */
final class ReportSenderTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final ReportScheduleDraft.Owner OLGA = new ReportScheduleDraft.Owner("olga", NOON);

    @TempDir
    Path directory;

    private final AtomicInteger ids = new AtomicInteger();
    private final List<Instant> made = new ArrayList<>();
    private Instant now = NOON;
    private ReportMaker maker = (schedule, due) -> document(due);
    private SqliteStore store;
    private SqlReportSchedules record;
    private SqlNotifications notifications;
    private Teams teams;
    private ReportSchedules schedules;
    private ReportSender sender;

    private Document document(Instant due) {
        made.add(due);
        return new Document(
                "text/csv", "compliance.csv", "host\r\n".getBytes(StandardCharsets.UTF_8), "1 of 2 hosts comply");
    }

    @BeforeEach
    void open() {
        store = SqliteStore.open(directory.resolve("drydock.db"));
        record = new SqlReportSchedules(store);
        notifications = new SqlNotifications(store);
        teams = new Teams(new SqlTeams(store), () -> now, new SecureRandom());
        restart();
    }

    private void restart() {
        schedules = new ReportSchedules(record, () -> "s-" + ids.incrementAndGet(), () -> now, new SecureRandom());
        sender = new ReportSender(
                schedules,
                record,
                (schedule, due) -> maker.make(schedule, due),
                teams,
                new Outbox(notifications, () -> now, () -> "n-" + ids.incrementAndGet()),
                () -> now,
                "https://drydock.example.com:7443");
    }

    @AfterEach
    void close() {
        sender.close();
        store.close();
    }

    private static ReportScheduleDraft draft(String name, String rrule, String start) {
        return new ReportScheduleDraft(
                name,
                ReportKind.COMPLIANCE,
                "host.labels.role == 'web'",
                "",
                ReportFormat.CSV,
                rrule,
                start,
                "Europe/Berlin",
                List.of("board@example.com"),
                "https://hooks.example.com/secret-path",
                "",
                List.of(),
                false);
    }

    private ReportSchedule daily() throws InvalidReportScheduleException {
        return schedules
                .create(draft("daily", "FREQ=DAILY", "2026-11-25T07:00"), OLGA, false)
                .schedule();
    }

    private List<Sending> sendings(ReportSchedule schedule) {
        return record.sendings(schedule.id(), 100);
    }

    private List<Notification> told() {
        return notifications.list(Optional.empty(), Optional.empty(), Optional.empty(), 100);
    }

    @Test
    void sendsAtItsTimeOnceToEachAddress() throws Exception {
        ReportSchedule daily = daily();
        sender.look();
        assertThat(made).isEmpty();

        now = Instant.parse("2026-11-25T06:00:03Z");
        sender.look();
        sender.look();
        restart();
        sender.look();

        assertThat(made).containsExactly(Instant.parse("2026-11-25T06:00:00Z"));
        assertThat(told())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.team()).isEqualTo("report/daily"))
                .extracting(one -> one.channel().name() + one.target())
                .containsExactlyInAnyOrder("MAILboard@example.com", "WEBHOOK");
        assertThat(told().getFirst().message().text())
                .contains("as olga may see it", "Hosts: host.labels.role == 'web'", "1 of 2 hosts comply")
                .contains("It was due Wed 25 Nov 2026 07:00 Europe/Berlin.")
                .doesNotContain("late", "earlier")
                .contains("https://drydock.example.com:7443/reports?filter=host.labels.role+%3D%3D+%27web%27");
        assertThat(record.of(told().getFirst().message().about()))
                .map(Attachment::name)
                .contains("compliance.csv");
        assertThat(schedules.webhook("report/daily").orElseThrow().url().getPath())
                .isEqualTo("/secret-path");
        assertThat(sendings(daily)).hasSize(1);
    }

    @Test
    void whatWasDueWhileNobodyLookedComesOnceAndSaysSo() throws Exception {
        ReportSchedule daily = daily();
        now = Instant.parse("2026-11-28T09:00:00Z");
        restart();
        sender.look();

        assertThat(sendings(daily)).singleElement().satisfies(sending -> {
            assertThat(sending.dueAt()).isEqualTo(Instant.parse("2026-11-28T06:00:00Z"));
            assertThat(sending.missed()).isEqualTo(3);
            assertThat(sending.late()).isTrue();
        });
        assertThat(told().getFirst().message().text())
                .contains("It comes late: it was made Sat 28 Nov 2026 10:00", "It stands for 3 earlier times too");
        assertThat(told().getFirst().message().json()).contains("\"late\":true,\"missed\":3");
    }

    /** As when the controller is killed after the report is on record, and before it is in the outbox. */
    @Test
    void whatIsOnRecordAndNotInTheOutboxIsPutThereOnce() throws Exception {
        ReportSchedule daily = daily();
        Instant due = Instant.parse("2026-11-25T06:00:00Z");
        Sending sending = new Sending(daily.id(), due, due, "", 0, "", "summary", "a.csv", "text/csv", 3);
        assertThat(record.record(sending, new byte[] {1, 2, 3})).isTrue();
        assertThat(record.record(sending, new byte[] {4}))
                .as("the same time again")
                .isFalse();
        assertThat(record.of(sending.about()).orElseThrow().content()).containsExactly(1, 2, 3);

        now = due.plusSeconds(60);
        restart();
        sender.look();
        sender.look();

        assertThat(made).as("it was made before").isEmpty();
        assertThat(told()).hasSize(2);
        assertThat(record.unqueued()).isEmpty();
    }

    @Test
    void whatItsOwnerMayNotSeeIsRefusedVisibly() throws Exception {
        ReportSchedule daily = daily();
        maker = (schedule, due) -> {
            throw new ReportRefusedException("its owner, olga, is no user any more");
        };
        now = Instant.parse("2026-11-25T06:00:00Z");
        sender.look();
        sender.look();

        assertThat(told()).isEmpty();
        assertThat(sendings(daily)).singleElement().satisfies(sending -> {
            assertThat(sending.refused()).isTrue();
            assertThat(sending.problem()).contains("no user any more");
        });
    }

    @Test
    void whatCannotBeMadeForNoKnownReasonIsTriedAgainForAnHourAndThenSaid() throws Exception {
        ReportSchedule daily = daily();
        maker = (schedule, due) -> {
            throw new IllegalStateException("a bug");
        };
        now = Instant.parse("2026-11-25T06:30:00Z");
        sender.look();
        assertThat(sendings(daily)).isEmpty();

        now = Instant.parse("2026-11-25T07:00:00Z");
        sender.look();
        assertThat(sendings(daily)).singleElement().satisfies(one -> assertThat(one.problem())
                .contains("the controller's log"));
    }

    @Test
    void oneByHandLeavesTheTimesAsTheyAre() throws Exception {
        ReportSchedule daily = daily();
        now = Instant.parse("2026-11-25T06:00:00Z");
        assertThat(sender.run(daily, "petra").manual()).isTrue();
        sender.look();

        assertThat(made).hasSize(2);
        assertThat(told()).hasSize(4);
        assertThat(told()).anySatisfy(one -> assertThat(one.message().text()).contains("when petra asked for it"));
    }

    @Test
    void pausedItSendsNothingAndMakesUpForNothing() throws Exception {
        ReportSchedule daily = daily();
        schedules.replace(daily, daily.paused(true));
        now = Instant.parse("2026-11-27T09:00:00Z");
        sender.look();
        assertThat(made).isEmpty();

        ReportSchedule paused = schedules.find("daily").orElseThrow();
        schedules.replace(
                paused,
                schedules
                        .proposed(paused, draft("daily", "FREQ=DAILY", "2026-11-25T07:00"))
                        .schedule());
        sender.look();
        assertThat(made).as("what was due while it was paused").isEmpty();
        now = Instant.parse("2026-11-28T06:00:00Z");
        sender.look();
        assertThat(made).containsExactly(Instant.parse("2026-11-28T06:00:00Z"));
    }

    @Test
    void aTeamGetsItAtAllItsAddressesAndOneThatIsGoneHoldsNobodyUp() throws Exception {
        teams.create(
                new TeamDraft("dba", "true", List.of("dba@example.com"), "", "", Optional.of(List.of()), false, ""));
        ReportScheduleDraft one = draft("teams", "", "2026-11-25T07:00");
        ReportSchedule schedule = schedules
                .create(
                        new ReportScheduleDraft(
                                one.name(),
                                one.kind(),
                                one.filter(),
                                "",
                                one.format(),
                                "",
                                one.start(),
                                one.zone(),
                                List.of(),
                                "",
                                "",
                                List.of("dba", "gone"),
                                false),
                        OLGA,
                        false)
                .schedule();
        now = Instant.parse("2026-11-25T06:00:00Z");
        sender.look();
        assertThat(told()).singleElement().satisfies(sent -> assertThat(sent.target())
                .isEqualTo("dba@example.com"));
        assertThat(record.told(sendings(schedule).getFirst())).hasSize(1);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        ReportScheduleDraft wrong = new ReportScheduleDraft(
                "Not A Name",
                ReportKind.COMPLIANCE,
                "host.",
                "shop",
                ReportFormat.PDF,
                "FREQ=MINUTELY",
                "2026-11-25T07:00",
                "UTC",
                List.of("nobody"),
                "ftp://example.com",
                "short",
                List.of(),
                false);
        assertThatThrownBy(() -> schedules.create(wrong, OLGA, true))
                .isInstanceOf(InvalidReportScheduleException.class)
                .message()
                .contains(
                        "name: ",
                        "filter: ",
                        "contract: 'shop'",
                        "rrule: ",
                        "mail: 'nobody'",
                        "webhook",
                        "webhook_secret: ");
    }

    @Test
    void oldDocumentsGoOnceEverybodyHasThemAndTheLastTimeStays() throws Exception {
        ReportSchedule daily = daily();
        now = Instant.parse("2026-11-25T06:00:00Z");
        sender.look();
        now = Instant.parse("2026-11-26T06:00:00Z");
        sender.look();
        Sending last = sendings(daily).getFirst();

        record.forget(now.plus(Duration.ofDays(1)), now.minus(Duration.ofDays(1)));
        assertThat(record.of(last.about())).as("not everybody has it").isPresent();

        store.writeNow(handle -> handle.execute("UPDATE notifications SET state = 'SENT'"));
        record.forget(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
        assertThat(record.of(last.about())).isEmpty();
        assertThat(sendings(daily)).containsExactly(last);
        assertThat(record.lastDue()).isEqualTo(Map.of(daily.id(), last.dueAt()));
    }

    @Test
    void aDeletedOneIsGoneWithAllThatItSentAndItsNameIsFree() throws Exception {
        ReportSchedule daily = daily();
        now = Instant.parse("2026-11-25T06:00:00Z");
        sender.look();
        schedules.delete(daily);
        assertThat(record.all()).isEmpty();
        assertThat(sendings(daily)).isEmpty();
        assertThat(record.record(new Sending(daily.id(), now, now, "petra", 0, "", "", "a", "b", 0), new byte[0]))
                .as("one that is made while it is deleted")
                .isFalse();
        assertThat(daily().id()).isNotEqualTo(daily.id());
    }
}
