package dev.drydock.controller.api;

import dev.drydock.controller.notify.Channel;
import dev.drydock.controller.team.ChatHook;
import dev.drydock.controller.team.Severity;
import dev.drydock.controller.team.Teams;
import dev.drydock.controller.team.Webhook;
import dev.drydock.proto.v1.Notification;
import dev.drydock.proto.v1.NotificationChannel;
import dev.drydock.proto.v1.NotificationSeverity;
import dev.drydock.proto.v1.NotificationState;
import java.util.Optional;

/** Notifications as the API tells of them. */
final class NotificationMapper {
    private NotificationMapper() {}

    /** Without what it says. */
    static Notification brief(dev.drydock.controller.notify.Notification one, Teams teams) {
        Notification.Builder message = Notification.newBuilder()
                .setId(one.id())
                .setTeam(one.team())
                .setChannel(channel(one.channel()))
                .setTarget(one.target().isEmpty() ? hook(one, teams) : one.target())
                .setSubject(one.message().subject())
                .setState(state(one.state()))
                .setAttempts(one.attempts())
                .setProblem(one.problem())
                .setSeverity(severity(one.message().severity()))
                .setRepeats(one.repeats())
                .setMergedInto(one.mergedInto().orElse(""))
                .setCreatedAt(Times.timestamp(one.createdAt()))
                .setExpiresAt(Times.timestamp(one.message().expiresAt()));
        if (one.state() == dev.drydock.controller.notify.Notification.State.PENDING
                || one.state() == dev.drydock.controller.notify.Notification.State.HELD) {
            message.setNextAttemptAt(Times.timestamp(one.nextAttempt()));
        }
        Times.timestamp(one.sentAt(), message::setSentAt);
        return message.build();
    }

    static Notification whole(dev.drydock.controller.notify.Notification one, Teams teams) {
        return brief(one, teams).toBuilder()
                .setText(one.message().text())
                .setJson(one.message().json())
                .build();
    }

    private static String hook(dev.drydock.controller.notify.Notification one, Teams teams) {
        return teams.all().stream()
                .filter(team -> team.name().equals(one.team()))
                .findFirst()
                .flatMap(team -> one.channel() == Channel.Kind.SLACK
                        ? team.chat().map(ChatHook::shown)
                        : team.webhook().map(Webhook::shown))
                .orElse(one.channel() == Channel.Kind.WEBHOOK ? "webhook of " + one.team() : "");
    }

    static NotificationSeverity severity(Severity severity) {
        return switch (severity) {
            case INFO -> NotificationSeverity.SEVERITY_INFO;
            case WARNING -> NotificationSeverity.SEVERITY_WARNING;
            case CRITICAL -> NotificationSeverity.SEVERITY_CRITICAL;
        };
    }

    /** Empty: none is given, or one that is not known here. */
    static Optional<Severity> severity(NotificationSeverity severity) {
        return switch (severity) {
            case SEVERITY_INFO -> Optional.of(Severity.INFO);
            case SEVERITY_WARNING -> Optional.of(Severity.WARNING);
            case SEVERITY_CRITICAL -> Optional.of(Severity.CRITICAL);
            case NOTIFICATION_SEVERITY_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    private static NotificationChannel channel(Channel.Kind kind) {
        return switch (kind) {
            case MAIL -> NotificationChannel.MAIL;
            case WEBHOOK -> NotificationChannel.WEBHOOK;
            case SLACK -> NotificationChannel.SLACK;
        };
    }

    private static NotificationState state(dev.drydock.controller.notify.Notification.State state) {
        return switch (state) {
            case PENDING -> NotificationState.NOTIFICATION_PENDING;
            case SENT -> NotificationState.NOTIFICATION_SENT;
            case FAILED -> NotificationState.NOTIFICATION_FAILED;
            case HELD -> NotificationState.NOTIFICATION_HELD;
            case MERGED -> NotificationState.NOTIFICATION_MERGED;
        };
    }

    /** Empty: all. */
    static Optional<dev.drydock.controller.notify.Notification.State> state(NotificationState state) {
        return switch (state) {
            case NOTIFICATION_PENDING -> Optional.of(dev.drydock.controller.notify.Notification.State.PENDING);
            case NOTIFICATION_SENT -> Optional.of(dev.drydock.controller.notify.Notification.State.SENT);
            case NOTIFICATION_FAILED -> Optional.of(dev.drydock.controller.notify.Notification.State.FAILED);
            case NOTIFICATION_HELD -> Optional.of(dev.drydock.controller.notify.Notification.State.HELD);
            case NOTIFICATION_MERGED -> Optional.of(dev.drydock.controller.notify.Notification.State.MERGED);
            case NOTIFICATION_STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }
}
