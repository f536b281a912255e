package dev.drydock.controller.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.drydock.controller.team.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Several messages to one address in one. Pure. */
final class Digest {
    static final String TYPE = "digest";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_LINES = 50;

    private Digest() {}

    /** @param held to one address, oldest first; two or more */
    static Message of(List<Notification> held, Instant now) {
        List<Message> messages =
                held.stream().map(one -> repeated(one).message()).toList();
        String subject = messages.size() + " notifications were held for you";
        String text = subject + ":\n\n"
                + messages.stream().map(one -> "- " + one.subject()).collect(Collectors.joining("\n")) + "\n\n"
                + messages.stream()
                        .map(one -> "== " + one.subject() + "\n\n" + one.text().strip())
                        .collect(Collectors.joining("\n\n"))
                + "\n";
        String json = WebhookEvent.json(TYPE, now, data -> {
            ArrayNode events = data.putArray("events");
            messages.forEach(one -> {
                try {
                    events.add(JSON.readTree(one.json()));
                } catch (JsonProcessingException e) {
                    throw new IllegalStateException("a message that is no JSON", e);
                }
            });
        });
        return new Message(
                "digest/" + held.getFirst().id(),
                subject,
                text,
                json,
                messages.stream()
                        .map(Message::expiresAt)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                messages.stream()
                        .map(Message::severity)
                        .max(Comparator.naturalOrder())
                        .orElse(Severity.INFO),
                "");
    }

    /**
     * What becomes of those to one address whose time has come.
     *
     * @param held oldest first; never empty
     * @param id of the message that says all of it, where there is more than one
     */
    static NotificationStore.Released release(List<Notification> held, Instant now, String id) {
        if (held.size() == 1) {
            return new NotificationStore.Released(
                    List.of(repeated(held.getFirst()).dueAt(now)), Optional.empty());
        }
        Notification first = held.getFirst();
        Notification all = new Notification(
                id,
                first.team(),
                first.channel(),
                first.target(),
                of(held, now),
                Notification.State.PENDING,
                0,
                "",
                now,
                now,
                Optional.empty());
        return new NotificationStore.Released(
                held.stream().map(one -> one.merged(id)).toList(), Optional.of(all));
    }

    /** With how often it came, where it came more than once. */
    static Notification repeated(Notification one) {
        Message message = one.message();
        return one.repeats() == 0
                ? one
                : one.saying(message.with(message.subject() + " (and " + one.repeats() + " more)", message.text()));
    }

    /** The waiting one, after one more of its topic. */
    static Notification joined(Notification waiting, Message more) {
        Message message = waiting.message();
        String line = "also: " + more.subject();
        String text =
                waiting.repeats() < MOST_LINES ? message.text().stripTrailing() + "\n" + line + "\n" : message.text();
        Instant expires = message.expiresAt().isAfter(more.expiresAt()) ? message.expiresAt() : more.expiresAt();
        return waiting.saying(message.with(message.subject(), text).until(expires))
                .repeatedOnceMore();
    }
}
