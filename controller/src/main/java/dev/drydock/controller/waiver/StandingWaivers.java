package dev.drydock.controller.waiver;

import dev.drydock.controller.compliance.finding.Finding;
import dev.drydock.controller.compliance.finding.FindingKind;
import dev.drydock.playbooks.expr.EvaluationException;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.HostPredicate;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.proto.facts.v1.Host;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The waivers that count at an instant, by what they let pass. Immutable. Where a selector has no answer for a host, nothing is waived. */
public final class StandingWaivers {
    public static final StandingWaivers NONE = new StandingWaivers(List.of());

    private static final Logger log = LoggerFactory.getLogger(StandingWaivers.class);

    private final Map<Subject, List<Compiled>> bySubject = new HashMap<>();

    private record Subject(Waiver.Kind kind, String text) {}

    private record Compiled(Waiver waiver, HostPredicate hosts) {}

    public StandingWaivers(List<Waiver> standing) {
        for (Waiver waiver : standing) {
            try {
                bySubject
                        .computeIfAbsent(new Subject(waiver.kind(), waiver.subject()), subject -> new ArrayList<>())
                        .add(new Compiled(waiver, Expressions.compile(waiver.hosts())));
            } catch (InvalidExpressionException e) {
                // Taken by an earlier release.
                log.error(
                        "waiver {} does not count, since its hosts cannot be read: {}", waiver.name(), e.getMessage());
            }
        }
    }

    /** @param policy its name */
    public Optional<Waiver> ofRule(String policy, String rule, Host host) {
        return first(Waiver.Kind.RULE, policy + "/" + rule, host);
    }

    public Optional<Waiver> of(Finding finding, Host host) {
        if (bySubject.isEmpty()) {
            return Optional.empty();
        }
        Optional<Waiver> byCve = finding.kind() == FindingKind.VULNERABILITY
                ? first(Waiver.Kind.CVE, finding.subject(), host)
                : Optional.empty();
        return byCve.or(() -> finding.packageName().isEmpty()
                ? Optional.empty()
                : first(Waiver.Kind.PACKAGE, finding.packageName(), host));
    }

    private Optional<Waiver> first(Waiver.Kind kind, String text, Host host) {
        for (Compiled one : bySubject.getOrDefault(new Subject(kind, text), List.of())) {
            if (selects(one, host)) {
                return Optional.of(one.waiver());
            }
        }
        return Optional.empty();
    }

    private static boolean selects(Compiled one, Host host) {
        try {
            return one.hosts().selects(host, Map.of());
        } catch (EvaluationException e) {
            return false;
        }
    }
}
