package dev.drydock.controller.team;

import dev.drydock.controller.naming.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who answers for hosts.
 *
 * @param hosts CEL over {@code host}: those that it owns
 * @param mail addresses
 * @param notices how long before a window it is told; longest first, each once
 */
public record Team(
        String name,
        String hosts,
        List<String> mail,
        Optional<Webhook> webhook,
        List<Duration> notices,
        Instant createdAt) {
    public static final List<Duration> NOTICES = List.of(Duration.ofHours(24), Duration.ofHours(1));

    public Team {
        mail = List.copyOf(mail);
        notices = List.copyOf(notices);
    }

    /** Changes with what it is, its secret too, and says nothing of that. */
    public String etag() {
        List<String> parts = new ArrayList<>(List.of(name, hosts, notices.toString(), createdAt.toString()));
        parts.addAll(mail);
        webhook.ifPresent(hook ->
                parts.addAll(List.of(hook.url().toString(), hook.secret().base64())));
        return Fingerprint.of(parts);
    }

    /** Whether it is the same but for when it was made. */
    boolean same(Team other) {
        return equals(new Team(other.name, other.hosts, other.mail, other.webhook, other.notices, createdAt));
    }
}
