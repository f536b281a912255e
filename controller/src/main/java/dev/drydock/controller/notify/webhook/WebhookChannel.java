package dev.drydock.controller.notify.webhook;

import dev.drydock.controller.notify.Attachment;
import dev.drydock.controller.notify.Attachments;
import dev.drydock.controller.notify.Channel;
import dev.drydock.controller.notify.Notification;
import dev.drydock.controller.notify.WebhookEvent;
import dev.drydock.controller.outgoing.OutgoingHttp;
import dev.drydock.controller.team.Team;
import dev.drydock.controller.team.Teams;
import dev.drydock.controller.team.UnknownTeamException;
import dev.drydock.controller.team.Webhook;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Posts a notification to its team's webhook, signed as the Standard Webhooks specification has it: {@code webhook-id} is the
 * same at each attempt, {@code webhook-timestamp} is that of the attempt. Redirects are not followed.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 */
public final class WebhookChannel implements Channel, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long MOST_OF_AN_ANSWER = 64 * 1024;
    private static final int GONE = 410;

    private final OutgoingHttp http;
    private final Function<String, Optional<Webhook>> webhooks;
    private final Attachments attachments;
    private final InstantSource clock;

    /** @param others webhooks of those that are no team, by what they are called in the outbox */
    public WebhookChannel(
            Teams teams, Function<String, Optional<Webhook>> others, Attachments attachments, InstantSource clock) {
        this(name -> webhook(teams, name).or(() -> others.apply(name)), attachments, clock, PATIENCE);
    }

    WebhookChannel(Teams teams, InstantSource clock, Duration patience) {
        this(name -> webhook(teams, name), Attachments.NONE, clock, patience);
    }

    WebhookChannel(
            Function<String, Optional<Webhook>> webhooks,
            Attachments attachments,
            InstantSource clock,
            Duration patience) {
        this.http = new OutgoingHttp(patience, MOST_OF_AN_ANSWER, false);
        this.webhooks = webhooks;
        this.attachments = attachments;
        this.clock = clock;
    }

    @Override
    public Delivery deliver(Notification notification) {
        Optional<Webhook> webhook = webhooks.apply(notification.team());
        if (webhook.isEmpty()) {
            return new Delivery.Never("team " + notification.team() + " has no webhook any more");
        }
        String id = notification.id();
        String body = attachments
                .of(notification.message().about())
                .filter(file -> file.content().length <= Attachment.MOST_BY_WEBHOOK)
                .map(file -> WebhookEvent.with(notification.message().json(), file))
                .orElse(notification.message().json());
        String timestamp = String.valueOf(clock.instant().getEpochSecond());
        HttpRequest.Builder request = HttpRequest.newBuilder(webhook.get().url())
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", Signature.of(webhook.get().secret(), id, timestamp, body))
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        try {
            int status = http.send(request).statusCode();
            if (status >= 200 && status < 300) {
                return new Delivery.Done();
            }
            String why = "the webhook answered with status " + status;
            return status == GONE ? new Delivery.Never(why) : new Delivery.NotNow(why);
        } catch (IOException e) {
            return new Delivery.NotNow(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Webhook> webhook(Teams teams, String team) {
        try {
            return Optional.of(teams.find(team)).flatMap(Team::webhook);
        } catch (UnknownTeamException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
