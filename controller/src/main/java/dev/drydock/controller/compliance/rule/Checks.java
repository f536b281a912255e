package dev.drydock.controller.compliance.rule;

import dev.drydock.controller.compliance.finding.Finding;
import dev.drydock.controller.compliance.finding.FindingKind;
import dev.drydock.controller.vulnerability.VulnerabilityIndex;
import dev.drydock.playbooks.expr.EvaluationException;
import dev.drydock.playbooks.expr.TimedPredicate;
import dev.drydock.playbooks.model.Units;
import dev.drydock.playbooks.policy.Check;
import dev.drydock.proto.facts.v1.Backup;
import dev.drydock.proto.facts.v1.Certificate;
import dev.drydock.proto.facts.v1.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What each check asks of a host. Pure. */
final class Checks {
    private final VulnerabilityIndex index;
    private final Lifetimes lifetimes;

    Checks(VulnerabilityIndex index, Lifetimes lifetimes) {
        this.index = index;
        this.lifetimes = lifetimes;
    }

    /** @param condition of a rule that is one */
    Outcome of(Check check, Optional<TimedPredicate> condition, Subject host) {
        if (check instanceof Check.AgentSilent silent) {
            return silent(silent, host);
        }
        if (host.stale().isPresent()) {
            return Outcome.unknown(host.stale().get());
        }
        return switch (check) {
            case Check.AgentSilent silent -> silent(silent, host);
            case Check.SecurityUpdates updates -> aged(FindingKind.UPDATE, updates.limit(), host);
            case Check.RebootPending reboot -> aged(FindingKind.REBOOT, reboot.limit(), host);
            case Check.WordPressBehind behind -> sites(behind, host);
            case Check.EndOfLife end -> lifetimes.of(host, end.limit());
            case Check.CertificateExpires expires -> certificates(expires, host);
            case Check.LastBackup last ->
                backups(
                        host,
                        last.limit(),
                        "the last backup",
                        backup -> instant(backup.hasFinishedAt(), backup.getFinishedAt()));
            case Check.LastRestore last ->
                backups(
                        host,
                        last.limit(),
                        "the last restore that was proven",
                        backup -> instant(backup.hasRestoredAt(), backup.getRestoredAt()));
            case Check.Vulnerabilities limits -> vulnerabilities(limits, host);
            case Check.Condition unused -> condition(condition, host);
        };
    }

    private static Outcome silent(Check.AgentSilent silent, Subject host) {
        if (host.host().online()) {
            return Outcome.COMPLIES;
        }
        Optional<Instant> seen = host.host().lastSeen();
        if (seen.isEmpty()) {
            return Outcome.unknown("never seen since it was enrolled");
        }
        Outcome outcome = host.by(seen.get().plus(silent.limit()), "silent since " + seen.get());
        return outcome.state() == RuleState.LATE ? outcome : Outcome.COMPLIES;
    }

    private static Outcome aged(FindingKind kind, Duration limit, Subject host) {
        return first(
                host,
                kind,
                finding -> Optional.of(limit),
                finding -> finding.subject() + " for " + Ages.text(finding.age(host.now())));
    }

    /** Of findings that may stay for a time: the one whose time is over first, which is the worst. A host may have thousands. */
    private static Outcome first(
            Subject host,
            FindingKind kind,
            Function<Finding, Optional<Duration>> limits,
            Function<Finding, String> detail) {
        @Nullable Finding worst = null;
        Instant due = Instant.MAX;
        int others = -1;
        for (Finding finding : host.findings()) {
            Optional<Duration> limit = finding.kind() == kind ? limits.apply(finding) : Optional.empty();
            if (limit.isPresent()) {
                others++;
                Instant end = finding.firstSeen().plus(limit.get());
                if (end.isBefore(due)) {
                    due = end;
                    worst = finding;
                }
            }
        }
        return worst == null
                ? Outcome.COMPLIES
                : host.by(due, detail.apply(worst) + (others > 0 ? " and " + others + " more" : ""));
    }

    private static Outcome sites(Check.WordPressBehind behind, Subject host) {
        List<Outcome> all = new ArrayList<>();
        all.add(aged(FindingKind.SITE, behind.limit(), host));
        for (Site site : host.facts().getSitesList()) {
            if (!site.getTrouble().isEmpty()) {
                all.add(Outcome.unknown(site.getPath() + ": " + site.getTrouble()));
            }
        }
        return Outcome.worst(all);
    }

    private static Outcome certificates(Check.CertificateExpires expires, Subject host) {
        List<Outcome> all = new ArrayList<>();
        for (Certificate one : host.facts().getCertificatesList()) {
            if (!one.hasNotAfter()) {
                all.add(Outcome.unknown(one.getLocation() + ": "
                        + (one.getTrouble().isEmpty() ? "no date is known" : one.getTrouble())));
                continue;
            }
            Instant end = Instant.ofEpochSecond(one.getNotAfter().getSeconds());
            Outcome outcome = host.by(end.minus(expires.limit()), one.getLocation() + " expires at " + end);
            all.add(outcome.state() == RuleState.LATE ? outcome : Outcome.COMPLIES);
        }
        return Outcome.worst(all);
    }

    private static Outcome backups(
            Subject host, Duration limit, String what, Function<Backup, Optional<Instant>> made) {
        if (host.facts().getBackupsCount() == 0) {
            return Outcome.late("no backup was ever made");
        }
        List<Outcome> all = new ArrayList<>();
        for (Backup backup : host.facts().getBackupsList()) {
            Optional<Instant> at = made.apply(backup);
            if (at.isEmpty()) {
                all.add(Outcome.late(what + " of " + backup.getName() + " never was"));
                continue;
            }
            Outcome outcome = host.by(at.get().plus(limit), what + " of " + backup.getName() + " is of " + at.get());
            all.add(outcome.state() == RuleState.LATE ? outcome : Outcome.COMPLIES);
        }
        return Outcome.worst(all);
    }

    private static Optional<Instant> instant(boolean set, com.google.protobuf.Timestamp at) {
        return set ? Optional.of(Instant.ofEpochSecond(at.getSeconds())) : Optional.empty();
    }

    private Outcome vulnerabilities(Check.Vulnerabilities limits, Subject host) {
        if (!index.covers(host.facts().getOs())) {
            return Outcome.unknown("no feed tells of vulnerabilities of "
                    + (host.facts().getOs().getPrettyName().isEmpty()
                            ? "its system"
                            : host.facts().getOs().getPrettyName()));
        }
        return first(
                host,
                FindingKind.VULNERABILITY,
                finding -> limits.limit(finding.severity().word(), finding.exploited()),
                finding -> finding.subject() + " (" + finding.severity().word()
                        + (finding.exploited() ? ", exploited" : "") + ", " + finding.packageName() + ") for "
                        + Ages.text(finding.age(host.now())) + " of "
                        + limits.limit(finding.severity().word(), finding.exploited())
                                .map(Units::text)
                                .orElse(""));
    }

    private static Outcome condition(Optional<TimedPredicate> condition, Subject host) {
        if (condition.isEmpty()) {
            return Outcome.unknown("its condition is missing");
        }
        if (condition.get().asksForTheTime()) {
            host.horizon().unknown();
        }
        try {
            return condition.get().test(host.facts(), host.now())
                    ? Outcome.COMPLIES
                    : Outcome.late("not true: " + condition.get());
        } catch (EvaluationException e) {
            return Outcome.unknown(String.valueOf(e.getMessage()));
        }
    }
}
