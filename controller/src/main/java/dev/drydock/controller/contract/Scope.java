package dev.drydock.controller.contract;

/** Whether something is a contract's matter. */
public enum Scope {
    IN_SCOPE,
    /** The contract covers the host, and not this type of maintenance. */
    OUT_OF_SCOPE,
    /** No contract covers the host. */
    OUT_OF_CONTRACT
}
