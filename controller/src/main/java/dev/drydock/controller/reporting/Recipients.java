package dev.drydock.controller.reporting;

import dev.drydock.controller.team.Webhook;
import java.util.List;
import java.util.Optional;

/**
 * Whom a report goes to.
 *
 * @param mail addresses
 * @param teams by name: all their addresses as they are at the time of sending
 */
public record Recipients(List<String> mail, Optional<Webhook> webhook, List<String> teams) {
    public Recipients {
        mail = List.copyOf(mail);
        teams = List.copyOf(teams);
    }
}
