package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.security.Sha256;
import dev.drydock.controller.security.audit.AuditHead;
import dev.drydock.controller.security.audit.AuditLine;
import dev.drydock.controller.security.audit.AuditLog;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Audit logs that tests look at. */
public final class Chains {
    private Chains() {}

    /** All entries, after checking that each follows the one before. */
    public static List<AuditLine> whole(AuditLog log) {
        List<AuditLine> lines = log.between(0, Long.MAX_VALUE, Integer.MAX_VALUE);
        AuditHead head = AuditHead.NONE;
        for (AuditLine line : lines) {
            assertThat(line.seq()).isEqualTo(head.seq() + 1);
            assertThat(line.body())
                    .startsWith("{\"seq\":" + line.seq() + ",")
                    .endsWith(",\"previous\":\"" + head.hash() + "\"}");
            assertThat(line.hash())
                    .isEqualTo(HexFormat.of().formatHex(Sha256.of(line.body().getBytes(StandardCharsets.US_ASCII))));
            head = line.head();
        }
        assertThat(log.head()).isEqualTo(head);
        return lines;
    }
}
