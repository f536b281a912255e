package dev.drydock.controller.security.audit;

import dev.drydock.controller.security.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The end of the chain.
 *
 * @param seq number of the last entry; 0: there is none
 * @param hash of the last entry, hex
 */
public record AuditHead(long seq, String hash) {
    /** Of a log without entries. */
    public static final AuditHead NONE = new AuditHead(0, "0".repeat(64));

    /** The entry that follows. */
    public AuditLine next(Instant at, AuditEvent event) {
        String body = AuditJson.body(seq + 1, at, event, hash);
        return new AuditLine(
                seq + 1, body, HexFormat.of().formatHex(Sha256.of(body.getBytes(StandardCharsets.US_ASCII))));
    }
}
