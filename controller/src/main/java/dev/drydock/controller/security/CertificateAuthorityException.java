package dev.drydock.controller.security;

import org.jspecify.annotations.Nullable;

/** The authority's key or certificate cannot be used; the message says what to do. The controller must not start. */
public final class CertificateAuthorityException extends RuntimeException {
    public CertificateAuthorityException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
