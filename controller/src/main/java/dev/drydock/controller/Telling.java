package dev.drydock.controller;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.alert.Alerts;
import dev.drydock.controller.alert.EndedRollouts;
import dev.drydock.controller.incident.IncidentStore;
import dev.drydock.controller.notice.WindowNotices;
import dev.drydock.controller.notify.Channel;
import dev.drydock.controller.notify.Courier;
import dev.drydock.controller.notify.NotificationStore;
import dev.drydock.controller.notify.Outbox;
import dev.drydock.controller.notify.mail.MailChannel;
import dev.drydock.controller.notify.mail.MailSettings;
import dev.drydock.controller.notify.slack.SlackChannel;
import dev.drydock.controller.notify.webhook.WebhookChannel;
import dev.drydock.controller.rollout.Previews;
import dev.drydock.controller.rollout.RolloutDirectory;
import dev.drydock.controller.store.SqlNotifications;
import dev.drydock.controller.store.SqlTeams;
import dev.drydock.controller.store.Store;
import dev.drydock.controller.team.Teams;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The part of the controller that tells people: teams, what they are to be told, and how. */
record Telling(Teams teams, NotificationStore notifications, Outbox outbox) {
    static Telling of(Store store, Ids ids, InstantSource clock, SecureRandom random) {
        SqlNotifications notifications = new SqlNotifications(store);
        return new Telling(
                new Teams(new SqlTeams(store), clock, random),
                notifications,
                new Outbox(notifications, clock, () -> ids.next(clock.instant())));
    }

    /** Begins with what an earlier controller left untold. */
    void start(
            Closing closing,
            Optional<MailSettings> mail,
            Reporting reporting,
            RolloutDirectory rollouts,
            HostDirectory hosts,
            Previews previews,
            InstantSource clock) {
        WebhookChannel webhooks = closing.add(
                "webhooks", new WebhookChannel(teams, reporting.schedules()::webhook, reporting.store(), clock));
        SlackChannel chats = closing.add("chats", new SlackChannel(teams));
        Map<Channel.Kind, Channel> channels = Map.of(
                Channel.Kind.MAIL,
                new MailChannel(mail, clock, reporting.store()),
                Channel.Kind.WEBHOOK,
                webhooks,
                Channel.Kind.SLACK,
                chats);
        closing.add("notifications", new Courier(notifications, channels, clock))
                .start(outbox);
        closing.add(
                        "notices of windows",
                        new WindowNotices(rollouts, teams, hosts, previews, notifications, outbox, clock))
                .start();
    }

    /** Tells of what is on record, and of what comes. */
    void alert(
            Closing closing,
            EndedRollouts ended,
            RolloutDirectory rollouts,
            IncidentStore incidents,
            HostDirectory hosts,
            InstantSource clock) {
        closing.add("alerts", new Alerts(ended, rollouts, incidents, hosts, teams, notifications, outbox, clock))
                .start();
    }
}
