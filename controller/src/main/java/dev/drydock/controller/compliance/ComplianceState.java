package dev.drydock.controller.compliance;

/** How a host stands with its security updates. */
public enum ComplianceState {
    /** None pending. */
    COMPLIANT,
    /** Some pending, none for longer than the grace. */
    UPDATES_PENDING,
    /** Some pending for longer than the grace. */
    LATE,
    /** No facts, or silent for too long to know. */
    UNKNOWN
}
