package dev.drydock.controller.store;

import dev.drydock.controller.reporting.Recipients;
import dev.drydock.controller.reporting.ReportFormat;
import dev.drydock.controller.reporting.ReportKind;
import dev.drydock.controller.reporting.ReportSchedule;
import dev.drydock.controller.reporting.Sending;
import dev.drydock.controller.team.Webhook;
import dev.drydock.controller.team.WebhookSecret;
import dev.drydock.controller.window.Occurrences;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables of report schedules, for use inside a write or a read. */
final class ReportScheduleRows {
    private ReportScheduleRows() {}

    static int put(Handle handle, ReportSchedule schedule) {
        Recipients to = schedule.recipients();
        return handle.createUpdate("""
                        INSERT INTO report_schedules (id, name, kind, what, format, rrule, start, zone, mail, webhook,
                          webhook_secret, teams, owner, owner_since, paused, active_from, created_at)
                        VALUES (:id, :name, :kind, :what, :format, :rrule, :start, :zone, :mail, :webhook,
                          :secret, :teams, :owner, :ownerSince, :paused, :activeFrom, :created)
                        ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, what = excluded.what,
                          format = excluded.format, rrule = excluded.rrule, start = excluded.start,
                          zone = excluded.zone, mail = excluded.mail, webhook = excluded.webhook,
                          webhook_secret = excluded.webhook_secret, teams = excluded.teams,
                          paused = excluded.paused, active_from = excluded.active_from
                        """)
                .bind("id", schedule.id())
                .bind("name", schedule.name())
                .bind("kind", schedule.kind().name())
                .bind("what", schedule.what())
                .bind("format", schedule.format().name())
                .bind("rrule", schedule.times().rrule().orElse(""))
                .bind("start", schedule.times().start().toString())
                .bind("zone", schedule.times().zone().getId())
                .bind("mail", String.join("\n", to.mail()))
                .bind("webhook", to.webhook().map(hook -> hook.url().toString()).orElse(""))
                .bind("secret", to.webhook().map(hook -> hook.secret().base64()).orElse(""))
                .bind("teams", String.join("\n", to.teams()))
                .bind("owner", schedule.owner())
                .bind("ownerSince", Columns.micros(schedule.ownerSince()))
                .bind("paused", schedule.paused())
                .bind("activeFrom", Columns.micros(schedule.activeFrom()))
                .bind("created", Columns.micros(schedule.createdAt()))
                .execute();
    }

    static ReportSchedule schedule(ResultSet row) throws SQLException {
        String url = row.getString("webhook");
        return new ReportSchedule(
                row.getString("id"),
                row.getString("name"),
                ReportKind.valueOf(row.getString("kind")),
                row.getString("what"),
                ReportFormat.valueOf(row.getString("format")),
                new Occurrences(
                        Optional.of(row.getString("rrule")).filter(rule -> !rule.isEmpty()),
                        LocalDateTime.parse(row.getString("start")),
                        ZoneId.of(row.getString("zone"))),
                new Recipients(
                        lines(row.getString("mail")),
                        url.isEmpty()
                                ? Optional.empty()
                                : Optional.of(new Webhook(
                                        URI.create(url), new WebhookSecret(row.getString("webhook_secret")))),
                        lines(row.getString("teams"))),
                row.getString("owner"),
                Columns.instant(row, "owner_since"),
                row.getBoolean("paused"),
                Columns.instant(row, "active_from"),
                Columns.instant(row, "created_at"));
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
    }

    /** @return 0: there is one of that time */
    static int insert(Handle handle, Sending sending, byte[] document) {
        return handle.createUpdate("""
                        INSERT INTO report_sendings (schedule, due_at, asked_by, made_at, missed, problem, summary,
                          file_name, file_type, size, content, about, queued)
                        VALUES (:schedule, :due, :by, :made, :missed, :problem, :summary, :name, :type, :size, :content,
                          :about, FALSE)
                        ON CONFLICT DO NOTHING
                        """)
                .bind("schedule", sending.schedule())
                .bind("due", Columns.micros(sending.dueAt()))
                .bind("by", sending.by())
                .bind("made", Columns.micros(sending.madeAt()))
                .bind("missed", sending.missed())
                .bind("problem", sending.problem())
                .bind("summary", sending.summary())
                .bind("name", sending.fileName())
                .bind("type", sending.type())
                .bind("size", sending.size())
                .bind("content", sending.refused() ? null : document)
                .bind("about", sending.about())
                .execute();
    }

    static Sending sending(ResultSet row) throws SQLException {
        return new Sending(
                row.getString("schedule"),
                Columns.instant(row, "due_at"),
                Columns.instant(row, "made_at"),
                row.getString("asked_by"),
                row.getInt("missed"),
                row.getString("problem"),
                row.getString("summary"),
                row.getString("file_name"),
                row.getString("file_type"),
                row.getLong("size"));
    }
}
