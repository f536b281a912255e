package dev.drydock.controller.store;

import dev.drydock.controller.notify.Attachment;
import dev.drydock.controller.notify.Attachments;
import dev.drydock.controller.notify.Notification;
import dev.drydock.controller.reporting.ReportSchedule;
import dev.drydock.controller.reporting.ReportScheduleStore;
import dev.drydock.controller.reporting.Sending;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Report schedules and what they sent, in SQL. */
public final class SqlReportSchedules implements ReportScheduleStore, Attachments {
    private final Store store;

    public SqlReportSchedules(Store store) {
        this.store = store;
    }

    @Override
    public List<ReportSchedule> all() {
        return store.read(handle -> handle.createQuery("SELECT * FROM report_schedules ORDER BY name")
                .map((row, context) -> ReportScheduleRows.schedule(row))
                .list());
    }

    @Override
    public void put(ReportSchedule schedule) {
        int unused = store.writeNow(handle -> ReportScheduleRows.put(handle, schedule));
    }

    @Override
    public void delete(ReportSchedule schedule) {
        int unused = store.writeNow(handle -> {
            handle.createUpdate("DELETE FROM report_sendings WHERE schedule = :id")
                    .bind("id", schedule.id())
                    .execute();
            return handle.createUpdate("DELETE FROM report_schedules WHERE id = :id")
                    .bind("id", schedule.id())
                    .execute();
        });
    }

    @Override
    public Map<String, Instant> lastDue() {
        return store.read(handle -> handle.createQuery("""
                        SELECT schedule, MAX(due_at) AS last FROM report_sendings WHERE asked_by = '' GROUP BY schedule
                        """)
                .map((row, context) -> Map.entry(row.getString("schedule"), Columns.instant(row, "last")))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public boolean record(Sending sending, byte[] document) {
        return store.writeNow(handle ->
                known(handle, sending.schedule()) && ReportScheduleRows.insert(handle, sending, document) > 0);
    }

    private static boolean known(Handle handle, String id) {
        return handle.createQuery("SELECT COUNT(*) FROM report_schedules WHERE id = :id")
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    @Override
    public List<Sending> unqueued() {
        return store.read(
                handle -> handle.createQuery("SELECT * FROM report_sendings WHERE queued = FALSE ORDER BY made_at")
                        .map((row, context) -> ReportScheduleRows.sending(row))
                        .list());
    }

    @Override
    public void queued(Sending sending) {
        int unused = store.writeNow(
                handle -> handle.createUpdate("UPDATE report_sendings SET queued = TRUE WHERE about = :about")
                        .bind("about", sending.about())
                        .execute());
    }

    @Override
    public List<Sending> sendings(String schedule, int most) {
        return store.read(handle -> handle.createQuery("""
                        SELECT * FROM report_sendings WHERE schedule = :id ORDER BY made_at DESC, due_at DESC LIMIT :most
                        """)
                .bind("id", schedule)
                .bind("most", most)
                .map((row, context) -> ReportScheduleRows.sending(row))
                .list());
    }

    @Override
    public List<Notification> told(Sending sending) {
        return store.read(handle -> handle.createQuery("SELECT * FROM notifications WHERE about = :about ORDER BY id")
                .bind("about", sending.about())
                .map((row, context) -> NotificationRows.read(row))
                .list());
    }

    @Override
    public Optional<Attachment> of(String about) {
        return store.read(handle -> handle.createQuery("""
                        SELECT file_name, file_type, content FROM report_sendings
                        WHERE about = :about AND content IS NOT NULL
                        """)
                .bind("about", about)
                .map((row, context) ->
                        new Attachment(row.getString("file_name"), row.getString("file_type"), row.getBytes("content")))
                .findOne());
    }

    @Override
    public void forget(Instant documentsBefore, Instant sendingsBefore) {
        int unused = store.writeNow(handle -> {
            handle.createUpdate("""
                            UPDATE report_sendings SET content = NULL
                            WHERE content IS NOT NULL AND queued = TRUE AND made_at < :before AND NOT EXISTS (
                              SELECT 1 FROM notifications
                              WHERE notifications.about = report_sendings.about AND notifications.state <> 'SENT')
                            """)
                    .bind("before", Columns.micros(documentsBefore))
                    .execute();
            return handle.createUpdate("""
                            DELETE FROM report_sendings WHERE made_at < :before AND queued = TRUE AND (
                              asked_by <> '' OR due_at < (SELECT MAX(later.due_at) FROM report_sendings later
                                WHERE later.schedule = report_sendings.schedule AND later.asked_by = ''))
                            """)
                    .bind("before", Columns.micros(sendingsBefore))
                    .execute();
        });
    }
}
