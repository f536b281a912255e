package dev.drydock.controller.notify;

import dev.drydock.controller.team.Severity;
import java.time.Instant;

/**
 * What a team is to be told.
 *
 * @param about what it is about: nobody is told twice of the same
 * @param subject one line
 * @param text as mail says it
 * @param json as webhooks get it: an object with {@code type}, {@code timestamp} and {@code data}
 * @param expiresAt after it there is no use in it
 * @param topic what it has in common with others that say much the same; empty: it stands for itself
 */
public record Message(
        String about, String subject, String text, String json, Instant expiresAt, Severity severity, String topic) {
    /** One that stands for itself, and need not wake anybody. */
    public Message(String about, String subject, String text, String json, Instant expiresAt) {
        this(about, subject, text, json, expiresAt, Severity.INFO, "");
    }

    Message with(String otherSubject, String otherText) {
        return new Message(about, otherSubject, otherText, json, expiresAt, severity, topic);
    }

    Message until(Instant expires) {
        return new Message(about, subject, text, json, expires, severity, topic);
    }
}
