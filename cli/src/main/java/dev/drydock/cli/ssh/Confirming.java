package dev.drydock.cli.ssh;

/** Shows a person a host key that nobody knows yet. Called by several threads. */
@FunctionalInterface
public interface Confirming {
    /** There is no person. */
    Confirming NOBODY = (endpoint, type, fingerprint) -> false;

    /**
     * @param fingerprint {@code SHA256:…}
     * @return whether the person says that it is the machine's
     */
    boolean confirm(Endpoint endpoint, String keyType, String fingerprint);
}
