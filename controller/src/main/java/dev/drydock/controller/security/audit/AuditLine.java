package dev.drydock.controller.security.audit;

/**
 * An entry as it is kept and exported.
 *
 * @param body JSON in ASCII; its last member is the hash of the entry before
 * @param hash SHA-256 of the body, hex
 */
public record AuditLine(long seq, String body, String hash) {
    public AuditHead head() {
        return new AuditHead(seq, hash);
    }

    /** As exported: the body with the hash as one member more. */
    public String text() {
        return body.substring(0, body.length() - 1) + ",\"hash\":\"" + hash + "\"}";
    }
}
