package dev.drydock.controller.notify;

import dev.drydock.controller.team.Severity;
import dev.drydock.controller.team.Team;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A message by which somebody tries whether a team can be reached. Each is about itself alone. */
public final class TrialMessage {
    private static final Duration GOOD_FOR = Duration.ofMinutes(10);

    private TrialMessage() {}

    /** @param by the name of the user who tries */
    public static Message to(Team team, String by, Instant now) {
        return new Message(
                "test/" + ChronoUnit.MICROS.between(Instant.EPOCH, now),
                "Trial of the addresses of team " + team.name(),
                by + " tries whether team " + team.name() + " can be reached: it can.\n"
                        + "You get notices about the hosts " + team.hosts() + "\n",
                WebhookEvent.json(
                        "team.test", now, data -> data.put("team", team.name()).put("by", by)),
                now.plus(GOOD_FOR).truncatedTo(ChronoUnit.MICROS),
                Severity.CRITICAL,
                "");
    }
}
