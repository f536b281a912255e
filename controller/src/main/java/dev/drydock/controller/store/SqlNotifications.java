package dev.drydock.controller.store;

import dev.drydock.controller.notify.Channel;
import dev.drydock.controller.notify.Message;
import dev.drydock.controller.notify.Notification;
import dev.drydock.controller.notify.Notification.State;
import dev.drydock.controller.notify.NotificationStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Notifications in SQL. */
public final class SqlNotifications implements NotificationStore {
    private final Store store;

    public SqlNotifications(Store store) {
        this.store = store;
    }

    @Override
    public List<Notification> add(List<Notification> notifications) {
        return store.writeNow(handle ->
                notifications.stream().filter(one -> insert(handle, one) > 0).toList());
    }

    private static int insert(Handle handle, Notification one) {
        Message message = one.message();
        return handle.createUpdate("""
                        INSERT INTO notifications (id, about, team, channel, target, subject, body, json, state,
                          attempts, problem, created_at, next_attempt, expires_at)
                        VALUES (:id, :about, :team, :channel, :target, :subject, :body, :json, :state,
                          :attempts, :problem, :created, :next, :expires)
                        ON CONFLICT (about, team, channel, target) DO NOTHING
                        """)
                .bind("id", one.id())
                .bind("about", message.about())
                .bind("team", one.team())
                .bind("channel", one.channel().name())
                .bind("target", one.target())
                .bind("subject", message.subject())
                .bind("body", message.text())
                .bind("json", message.json())
                .bind("state", one.state().name())
                .bind("attempts", one.attempts())
                .bind("problem", one.problem())
                .bind("created", Columns.micros(one.createdAt()))
                .bind("next", Columns.micros(one.nextAttempt()))
                .bind("expires", Columns.micros(message.expiresAt()))
                .execute();
    }

    @Override
    public List<Notification> due(Instant now, int most) {
        return store.read(handle -> handle.createQuery("""
                        SELECT * FROM notifications WHERE state = 'PENDING' AND next_attempt <= :now
                        ORDER BY next_attempt, id LIMIT :most
                        """)
                .bind("now", Columns.micros(now))
                .bind("most", most)
                .map((row, context) -> read(row))
                .list());
    }

    @Override
    public boolean attempted(Notification after) {
        return store.writeNow(handle -> update(handle, after, "state = 'PENDING'") > 0);
    }

    private static int update(Handle handle, Notification after, String condition) {
        return handle.createUpdate("""
                        UPDATE notifications SET state = :state, attempts = :attempts, problem = :problem,
                          next_attempt = :next, expires_at = :expires, sent_at = :sent
                        WHERE id = :id AND\s""" + condition)
                .bind("id", after.id())
                .bind("state", after.state().name())
                .bind("attempts", after.attempts())
                .bind("problem", after.problem())
                .bind("next", Columns.micros(after.nextAttempt()))
                .bind("expires", Columns.micros(after.message().expiresAt()))
                .bind("sent", Columns.micros(after.sentAt()))
                .execute();
    }

    @Override
    public Optional<Notification> retry(String id, Instant now, Instant expires) {
        return store.writeNow(handle -> {
            Optional<Notification> there = find(handle, id);
            there.filter(one -> one.state() != State.SENT).ifPresent(one -> {
                Instant until = one.message().expiresAt();
                update(handle, one.again(now, until.isAfter(expires) ? until : expires), "state <> 'SENT'");
            });
            return there.isEmpty() ? there : find(handle, id);
        });
    }

    @Override
    public Optional<Notification> find(String id) {
        return store.read(handle -> find(handle, id));
    }

    private static Optional<Notification> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM notifications WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    @Override
    public List<Notification> list(Optional<String> team, Optional<State> state, Optional<String> before, int most) {
        return store.read(handle -> handle.createQuery("""
                        SELECT * FROM notifications
                        WHERE (:team IS NULL OR team = :team) AND (:state IS NULL OR state = :state)
                          AND (:before IS NULL OR id < :before)
                        ORDER BY id DESC LIMIT :most
                        """)
                .bind("team", team.orElse(null))
                .bind("state", state.map(State::name).orElse(null))
                .bind("before", before.orElse(null))
                .bind("most", most)
                .map((row, context) -> read(row))
                .list());
    }

    @Override
    public Set<Told> told(String aboutPrefix, Instant now) {
        return store.read(handle -> handle.createQuery("""
                        SELECT DISTINCT team, about FROM notifications
                        WHERE substr(about, 1, :length) = :prefix AND expires_at > :now
                        """)
                .bind("length", aboutPrefix.length())
                .bind("prefix", aboutPrefix)
                .bind("now", Columns.micros(now))
                .map((row, context) -> new Told(row.getString("team"), row.getString("about")))
                .set());
    }

    @Override
    public void giveUp(String team, String why) {
        int unused = store.writeNow(handle ->
                handle.createUpdate("""
                        UPDATE notifications SET state = 'FAILED', problem = :why
                        WHERE team = :team AND state = 'PENDING'
                        """).bind("team", team).bind("why", why).execute());
    }

    @Override
    public void forget(Instant before) {
        int unused = store.writeNow(handle -> handle.createUpdate(
                        "DELETE FROM notifications WHERE created_at < :before AND state <> 'PENDING'")
                .bind("before", Columns.micros(before))
                .execute());
    }

    private static Notification read(ResultSet row) throws SQLException {
        return new Notification(
                row.getString("id"),
                row.getString("team"),
                Channel.Kind.valueOf(row.getString("channel")),
                row.getString("target"),
                new Message(
                        row.getString("about"),
                        row.getString("subject"),
                        row.getString("body"),
                        row.getString("json"),
                        Columns.instant(row, "expires_at")),
                State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getString("problem"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "next_attempt"),
                Columns.optionalInstant(row, "sent_at"));
    }
}
