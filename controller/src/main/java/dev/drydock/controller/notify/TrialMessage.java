package dev.drydock.controller.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.controller.team.Team;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A message by which somebody tries whether a team can be reached. Each is about itself alone. */
public final class TrialMessage {
    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private TrialMessage() {}

    /** @param by the name of the user who tries */
    public static Message to(Team team, String by, Instant now) {
        ObjectNode event = JSON.createObjectNode().put("type", "team.test").put("timestamp", now.toString());
        event.putObject("data").put("team", team.name()).put("by", by);
        try {
            return new Message(
                    "test/" + ChronoUnit.MICROS.between(Instant.EPOCH, now),
                    "Trial of the addresses of team " + team.name(),
                    by + " tries whether team " + team.name() + " can be reached: it can.\n"
                            + "You get notices about the hosts " + team.hosts() + "\n",
                    JSON.writeValueAsString(event),
                    now.plus(GOOD_FOR).truncatedTo(ChronoUnit.MICROS));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a trial that is no JSON", e);
        }
    }
}
