package dev.drydock.agent.host.access;

import java.time.Instant;

/**
 * Somebody was not let in.
 *
 * @param source an address in one spelling (of IPv6 the network of 64 bits, which one customer has), or {@code local}
 * @param service {@code sshd}, {@code su}, {@code sudo}, …
 */
public record FailedLogin(Instant at, String source, String service) {
    /** What has no address. */
    public static final String LOCAL = "local";
}
