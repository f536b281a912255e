package dev.drydock.controller.security;

/** The record of every certificate that the authority issued. Implemented by the store. */
@FunctionalInterface
public interface CertificateRegister {
    /** Durable when it returns. Those of hosts go on record with the host's row instead. */
    void recordServer(IssuedCertificate certificate);
}
