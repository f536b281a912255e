package dev.drydock.controller.notify;

import java.time.Instant;

/**
 * What a team is to be told.
 *
 * @param about what it is about: nobody is told twice of the same
 * @param subject one line
 * @param text as mail says it
 * @param json as webhooks get it: an object with {@code type}, {@code timestamp} and {@code data}
 * @param expiresAt after it there is no use in it
 */
public record Message(String about, String subject, String text, String json, Instant expiresAt) {}
