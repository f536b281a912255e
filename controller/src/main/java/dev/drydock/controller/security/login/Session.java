package dev.drydock.controller.security.login;

import java.time.Instant;

/**
 * What is on record of a login that lasts: not what lets its holder in.
 *
 * @param id names it in lists
 * @param address from where it was begun
 * @param lastUsed to the minute
 * @param expiresAt whatever is done with it
 */
public record Session(String id, String user, String address, Instant createdAt, Instant lastUsed, Instant expiresAt) {}
