package dev.drydock.playbooks.expr;

/** What an argument is after its expressions were resolved. */
public enum ResultType {
    TEXT,
    INTEGER,
    NUMBER,
    BOOLEAN,
    TEXTS,
    /** Known only on the host. */
    ANY
}
