package dev.drydock.controller.api;

import dev.drydock.controller.notify.Channel;
import dev.drydock.controller.team.Teams;
import dev.drydock.controller.team.Webhook;
import dev.drydock.proto.v1.Notification;
import dev.drydock.proto.v1.NotificationChannel;
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
                .setTarget(one.target().isEmpty() ? webhook(one.team(), teams) : one.target())
                .setSubject(one.message().subject())
                .setState(state(one.state()))
                .setAttempts(one.attempts())
                .setProblem(one.problem())
                .setCreatedAt(Times.timestamp(one.createdAt()))
                .setExpiresAt(Times.timestamp(one.message().expiresAt()));
        if (one.state() == dev.drydock.controller.notify.Notification.State.PENDING) {
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

    private static String webhook(String name, Teams teams) {
        return teams.all().stream()
                .filter(team -> team.name().equals(name))
                .findFirst()
                .flatMap(dev.drydock.controller.team.Team::webhook)
                .map(Webhook::shown)
                .orElse("");
    }

    private static NotificationChannel channel(Channel.Kind kind) {
        return switch (kind) {
            case MAIL -> NotificationChannel.MAIL;
            case WEBHOOK -> NotificationChannel.WEBHOOK;
        };
    }

    private static NotificationState state(dev.drydock.controller.notify.Notification.State state) {
        return switch (state) {
            case PENDING -> NotificationState.NOTIFICATION_PENDING;
            case SENT -> NotificationState.NOTIFICATION_SENT;
            case FAILED -> NotificationState.NOTIFICATION_FAILED;
        };
    }

    /** Empty: all. */
    static Optional<dev.drydock.controller.notify.Notification.State> state(NotificationState state) {
        return switch (state) {
            case NOTIFICATION_PENDING -> Optional.of(dev.drydock.controller.notify.Notification.State.PENDING);
            case NOTIFICATION_SENT -> Optional.of(dev.drydock.controller.notify.Notification.State.SENT);
            case NOTIFICATION_FAILED -> Optional.of(dev.drydock.controller.notify.Notification.State.FAILED);
            case NOTIFICATION_STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }
}
