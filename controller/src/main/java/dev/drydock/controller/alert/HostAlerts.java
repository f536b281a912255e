package dev.drydock.controller.alert;

import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.compliance.Compliance;
import dev.drydock.controller.team.Severity;
import dev.drydock.proto.facts.v1.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** That a host has gone silent, and that a certificate that it serves is about to end. Pure. */
final class HostAlerts {
    /** How long before its end one is told of a certificate, and how grave that is. */
    private static final Duration SOON = Duration.ofDays(14);

    private static final Duration VERY_SOON = Duration.ofDays(3);

    private HostAlerts() {}

    static List<Alert> of(HostView host, Instant now) {
        List<Alert> alerts = new ArrayList<>();
        if (host.revoked()) {
            return alerts;
        }
        silent(host, now).ifPresent(alerts::add);
        host.facts().getCertificatesList().stream()
                .filter(Certificate::hasNotAfter)
                .forEach(certificate -> ending(host, certificate, now).ifPresent(alerts::add));
        return alerts;
    }

    private static Optional<Alert> silent(HostView host, Instant now) {
        return host.lastSeen()
                .filter(seen -> !host.online() && !now.isBefore(seen.plus(Compliance.SILENT_AFTER)))
                .map(seen -> new Alert(
                        Alert.PREFIX + "silent/" + host.id() + "/" + ChronoUnit.MICROS.between(Instant.EPOCH, seen),
                        Severity.WARNING,
                        "silent",
                        Set.of(host.id()),
                        seen.plus(Compliance.SILENT_AFTER),
                        owned -> new Alert.Words(
                                "Host " + host.name() + " is silent since " + seen,
                                "Nothing was heard of " + host.name() + " since " + seen
                                        + ".\nIts runs wait until it is back.\n\nTo see it:   drydock host show "
                                        + host.name() + "\n",
                                "host.silent",
                                data -> data.put("host", host.name()).put("last_seen", seen.toString()))));
    }

    /** Of the two notices whose time has come only the last one counts. */
    private static Optional<Alert> ending(HostView host, Certificate certificate, Instant now) {
        Instant ends = Instant.ofEpochSecond(certificate.getNotAfter().getSeconds());
        boolean verySoon = !now.isBefore(ends.minus(VERY_SOON));
        if (now.isBefore(ends.minus(SOON)) || now.isAfter(ends.plus(Alert.TOLD_FOR))) {
            return Optional.empty();
        }
        String what = certificate.getSubject().isEmpty() ? certificate.getLocation() : certificate.getSubject();
        String subject =
                "Certificate " + what + " on " + host.name() + (now.isBefore(ends) ? " ends at " : " ended at ") + ends;
        return Optional.of(new Alert(
                Alert.PREFIX + "certificate/" + host.id() + "/" + certificate.getFingerprint() + "/"
                        + certificate.getLocation() + "/" + (verySoon ? VERY_SOON : SOON),
                verySoon ? Severity.CRITICAL : Severity.WARNING,
                "certificate",
                Set.of(host.id()),
                ends,
                owned -> new Alert.Words(
                        subject,
                        Alert.printable(subject + ", in " + certificate.getLocation() + ".") + "\n\n"
                                + "To see it:   drydock host show " + host.name() + "\n",
                        "certificate.ends",
                        data -> data.put("host", host.name())
                                .put("location", certificate.getLocation())
                                .put("subject", certificate.getSubject())
                                .put("fingerprint", certificate.getFingerprint())
                                .put("ends", ends.toString()))));
    }
}
