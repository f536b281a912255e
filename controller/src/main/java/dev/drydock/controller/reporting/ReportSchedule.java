package dev.drydock.controller.reporting;

import dev.drydock.controller.naming.Fingerprint;
import dev.drydock.controller.window.Occurrences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A report that is made at its times and sent. Made by {@link ReportScheduleDraft}.
 *
 * @param id never another's, also when the name is
 * @param what the report is about: a CEL selector, empty: all; or the name of a contract
 * @param times when it is due
 * @param owner whose eyes it has
 * @param ownerSince when that user was made: another one of that name is not the owner
 * @param activeFrom what was due up to then is nobody's concern: it was made, changed or let go on then
 */
public record ReportSchedule(
        String id,
        String name,
        ReportKind kind,
        String what,
        ReportFormat format,
        Occurrences times,
        Recipients recipients,
        String owner,
        Instant ownerSince,
        boolean paused,
        Instant activeFrom,
        Instant createdAt) {
    /** By what its own addresses, that are no team's, are known in the outbox; no team can be called so. */
    public static String recipient(String name) {
        return "report/" + name;
    }

    public String recipient() {
        return recipient(name);
    }

    /** Changes with what it is, its secret too, and says nothing of that. */
    public String etag() {
        List<String> parts = new ArrayList<>(List.of(
                id,
                kind.name(),
                what,
                format.name(),
                times.toString(),
                owner,
                String.valueOf(paused),
                activeFrom.toString(),
                String.join(",", recipients.teams())));
        parts.addAll(recipients.mail());
        recipients
                .webhook()
                .ifPresent(hook -> parts.addAll(
                        List.of(hook.url().toString(), hook.secret().base64())));
        return Fingerprint.of(parts);
    }

    /** Whether it is the same but for when it was made. */
    boolean same(ReportSchedule other) {
        return equals(other.as(id, createdAt, activeFrom));
    }

    /** Whether they differ at most in that one is paused. */
    public boolean sameButPaused(ReportSchedule other) {
        return same(other.paused(paused));
    }

    ReportSchedule as(String otherId, Instant created, Instant active) {
        return new ReportSchedule(
                otherId, name, kind, what, format, times, recipients, owner, ownerSince, paused, active, created);
    }

    ReportSchedule paused(boolean now) {
        return new ReportSchedule(
                id, name, kind, what, format, times, recipients, owner, ownerSince, now, activeFrom, createdAt);
    }
}
