package dev.drydock.controller.compliance.rule;

/** How a host stands with a rule, and with all rules of its policies; ascending by how bad that is. */
public enum RuleState {
    COMPLIES,
    /** It is broken, and a waiver lets that pass. */
    WAIVED,
    /** Something is to be done, and its time is not over. */
    DUE,
    /** It cannot be told: never taken for well. */
    UNKNOWN,
    /** Broken. */
    LATE;

    public RuleState worse(RuleState other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
