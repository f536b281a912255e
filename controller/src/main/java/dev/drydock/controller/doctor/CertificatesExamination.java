package dev.drydock.controller.doctor;

import dev.drydock.controller.diagnosis.Examination;
import dev.drydock.controller.diagnosis.Finding;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.CertificateAuthorityException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The CA's certificate and key as the next start will read them. The servers' own are made by it at each start. */
public record CertificatesExamination(Path data) implements Examination {
    private static final String AREA = "certificates";
    /** All agents' certificates are replaced with it: that takes its time. */
    private static final Duration SOON = Duration.ofDays(90);

    @Override
    public List<Finding> examine(Instant now) {
        Path certificate = data.resolve("ca.crt");
        if (Files.notExists(certificate) && (Files.notExists(data) || Files.isReadable(data))) {
            return Files.exists(data.resolve("drydock.db"))
                    ? List.of(Finding.trouble(
                            AREA,
                            certificate
                                    + " is missing, though there is a database: the next start would make another CA,"
                                    + " which no agent trusts",
                            "Put ca.crt and ca.key back from a backup before you start the controller."))
                    : List.of(Finding.fine(AREA, "there is no CA yet: the first start makes it"));
        }
        try {
            CertificateAuthority authority =
                    CertificateAuthority.given(certificate, data.resolve("ca.key"), () -> now, new SecureRandom());
            Instant ends = authority.certificate().getNotAfter().toInstant();
            return List.of(
                    ends.isBefore(now.plus(SOON))
                            ? Finding.trouble(
                                    AREA,
                                    "the CA's certificate ends at " + ends,
                                    "Replace the CA in time: all agents have to enrol again.")
                            : Finding.fine(
                                    AREA, "the CA's certificate ends at " + ends + ", and its key belongs to it"));
        } catch (CertificateAuthorityException e) {
            return List.of(Finding.trouble(
                    AREA,
                    String.valueOf(e.getMessage()),
                    "Mend what it says, or put ca.crt and ca.key back from a backup; where they are lost, all agents"
                            + " have to enrol again."));
        }
    }
}
