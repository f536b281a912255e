package dev.drydock.controller.security.audit;

/**
 * What a call came to.
 *
 * @param code name of the status code
 * @param description first line of what the client was told; empty: nothing
 */
public record AuditOutcome(String code, String description) {
    private static final int LONGEST = 500;

    public AuditOutcome {
        description = AuditEvent.cut(description.lines().findFirst().orElse(""), LONGEST);
    }
}
