package dev.drydock.controller.team;

import dev.drydock.controller.naming.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who answers for hosts.
 *
 * @param hosts CEL over {@code host}: those that it owns
 * @param mail addresses
 * @param notices how long before a window it is told; longest first, each once
 * @param listening what of all that there is to tell it wants to hear
 */
public record Team(
        String name,
        String hosts,
        List<String> mail,
        Optional<Webhook> webhook,
        Optional<ChatHook> chat,
        List<Duration> notices,
        Listening listening,
        Instant createdAt) {
    public static final List<Duration> NOTICES = List.of(Duration.ofHours(24), Duration.ofHours(1));

    public Team {
        mail = List.copyOf(mail);
        notices = List.copyOf(notices);
    }

    /** One that hears all, and not in a chat. */
    public Team(
            String name,
            String hosts,
            List<String> mail,
            Optional<Webhook> webhook,
            List<Duration> notices,
            Instant createdAt) {
        this(name, hosts, mail, webhook, Optional.empty(), notices, Listening.ALL, createdAt);
    }

    /** Whether anything of this severity reaches it. */
    public boolean wants(Severity severity) {
        return Stream.of(
                        mail.stream(),
                        webhook.stream().map(hook -> Listening.WEBHOOK),
                        chat.stream().map(hook -> Listening.CHAT))
                .flatMap(addresses -> addresses)
                .anyMatch(address -> listening.wants(address, severity));
    }

    /** Changes with what it is, its secret too, and says nothing of that. */
    public String etag() {
        List<String> parts = new ArrayList<>(List.of(name, hosts, notices.toString(), createdAt.toString()));
        parts.addAll(mail);
        webhook.ifPresent(hook ->
                parts.addAll(List.of(hook.url().toString(), hook.secret().base64())));
        chat.ifPresent(hook -> parts.add(hook.url().toString()));
        parts.add(listening.least().toString());
        listening
                .quiet()
                .ifPresent(quiet ->
                        parts.add(quiet.zone() + " " + quiet.sortedDays() + " " + quiet.from() + " " + quiet.to()));
        return Fingerprint.of(parts);
    }

    /** Whether it is the same but for when it was made. */
    boolean same(Team other) {
        return equals(new Team(
                other.name,
                other.hosts,
                other.mail,
                other.webhook,
                other.chat,
                other.notices,
                other.listening,
                createdAt));
    }
}
