package dev.drydock.controller.store;

import dev.drydock.controller.notify.Channel;
import dev.drydock.controller.notify.Message;
import dev.drydock.controller.notify.Notification;
import dev.drydock.controller.notify.Notification.State;
import dev.drydock.controller.team.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of notifications, for use inside a write or a read. */
final class NotificationRows {
    private NotificationRows() {}

    static int insert(Handle handle, Notification one) {
        Message message = one.message();
        return handle.createUpdate("""
                        INSERT INTO notifications (id, about, team, channel, target, subject, body, json, state,
                          attempts, problem, created_at, next_attempt, expires_at, severity, topic, repeats,
                          merged_into)
                        VALUES (:id, :about, :team, :channel, :target, :subject, :body, :json, :state,
                          :attempts, :problem, :created, :next, :expires, :severity, :topic, :repeats, :merged)
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
                .bind("severity", message.severity().name())
                .bind("topic", message.topic())
                .bind("repeats", one.repeats())
                .bind("merged", one.mergedInto().orElse(null))
                .execute();
    }

    static int update(Handle handle, Notification after, String condition) {
        return handle.createUpdate("""
                        UPDATE notifications SET state = :state, attempts = :attempts, problem = :problem,
                          next_attempt = :next, expires_at = :expires, sent_at = :sent, subject = :subject,
                          body = :body, repeats = :repeats, merged_into = :merged
                        WHERE id = :id AND\s""" + condition)
                .bind("id", after.id())
                .bind("state", after.state().name())
                .bind("attempts", after.attempts())
                .bind("problem", after.problem())
                .bind("next", Columns.micros(after.nextAttempt()))
                .bind("expires", Columns.micros(after.message().expiresAt()))
                .bind("sent", Columns.micros(after.sentAt()))
                .bind("subject", after.message().subject())
                .bind("body", after.message().text())
                .bind("repeats", after.repeats())
                .bind("merged", after.mergedInto().orElse(null))
                .execute();
    }

    static Notification read(ResultSet row) throws SQLException {
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
                        Columns.instant(row, "expires_at"),
                        Severity.valueOf(row.getString("severity")),
                        row.getString("topic")),
                State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getString("problem"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "next_attempt"),
                Columns.optionalInstant(row, "sent_at"),
                row.getInt("repeats"),
                Optional.ofNullable(row.getString("merged_into")));
    }
}
