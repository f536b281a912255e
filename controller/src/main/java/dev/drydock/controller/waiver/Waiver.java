package dev.drydock.controller.waiver;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that is let pass on some hosts for a time. It counts once another person than who asked for it has approved it, until it
 * expires or is revoked.
 *
 * @param subject {@code policy/rule}, a CVE, or a package
 * @param hosts CEL over {@code host}
 */
public record Waiver(
        String name,
        Kind kind,
        String subject,
        String hosts,
        String reason,
        Instant expiresAt,
        String askedBy,
        Instant askedAt,
        Optional<Said> approved,
        Optional<Said> revoked) {
    /** What it lets pass. */
    public enum Kind {
        RULE,
        CVE,
        PACKAGE
    }

    /** Where it stands. */
    public enum State {
        /** Asked for, and of no effect yet. */
        ASKED,
        STANDING,
        EXPIRED,
        REVOKED
    }

    /** Who said something, and when. */
    public record Said(String by, Instant at) {}

    public State state(Instant now) {
        if (revoked.isPresent()) {
            return State.REVOKED;
        }
        if (!now.isBefore(expiresAt)) {
            return State.EXPIRED;
        }
        return approved.isPresent() ? State.STANDING : State.ASKED;
    }

    Waiver approvedBy(String person, Instant now) {
        return new Waiver(
                name,
                kind,
                subject,
                hosts,
                reason,
                expiresAt,
                askedBy,
                askedAt,
                Optional.of(new Said(person, now)),
                revoked);
    }

    Waiver revokedBy(String person, Instant now) {
        return new Waiver(
                name,
                kind,
                subject,
                hosts,
                reason,
                expiresAt,
                askedBy,
                askedAt,
                approved,
                Optional.of(new Said(person, now)));
    }

    /** Whether it is asked for in the same words. */
    boolean same(Waiver other) {
        return name.equals(other.name)
                && kind == other.kind
                && subject.equals(other.subject)
                && hosts.equals(other.hosts)
                && reason.equals(other.reason)
                && expiresAt.equals(other.expiresAt)
                && askedBy.equals(other.askedBy);
    }
}
