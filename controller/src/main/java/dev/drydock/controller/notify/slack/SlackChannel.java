package dev.drydock.controller.notify.slack;

import dev.drydock.controller.notify.Channel;
import dev.drydock.controller.notify.Notification;
import dev.drydock.controller.outgoing.OutgoingHttp;
import dev.drydock.controller.team.ChatHook;
import dev.drydock.controller.team.Team;
import dev.drydock.controller.team.Teams;
import dev.drydock.controller.team.UnknownTeamException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Posts a notification to its team's incoming webhook. Redirects are not followed: they would carry the message elsewhere. */
public final class SlackChannel implements Channel, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long MOST_OF_AN_ANSWER = 64 * 1024;

    /** Bad payload, forbidden, no such hook or channel, archived: as it stands it will not be taken tomorrow either. */
    private static final Set<Integer> FOR_GOOD = Set.of(400, 403, 404, 410);

    private final OutgoingHttp http;
    private final Teams teams;

    public SlackChannel(Teams teams) {
        this(teams, new OutgoingHttp(PATIENCE, MOST_OF_AN_ANSWER, false));
    }

    SlackChannel(Teams teams, OutgoingHttp http) {
        this.http = http;
        this.teams = teams;
    }

    @Override
    public Delivery deliver(Notification notification) {
        Optional<ChatHook> hook = hook(notification.team());
        if (hook.isEmpty()) {
            return new Delivery.Never("team " + notification.team() + " has no such chat any more");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(hook.get().url())
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(SlackMessage.json(notification.message()), StandardCharsets.UTF_8));
        try {
            int status = http.send(request).statusCode();
            if (status >= 200 && status < 300) {
                return new Delivery.Done();
            }
            String why = "the chat answered with status " + status;
            return FOR_GOOD.contains(status) ? new Delivery.Never(why) : new Delivery.NotNow(why);
        } catch (IOException e) {
            return new Delivery.NotNow(String.valueOf(e.getMessage()));
        }
    }

    private Optional<ChatHook> hook(String team) {
        try {
            return Optional.of(teams.find(team)).flatMap(Team::chat);
        } catch (UnknownTeamException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
