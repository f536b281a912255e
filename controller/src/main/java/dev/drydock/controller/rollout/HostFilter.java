package dev.drydock.controller.rollout;

import dev.drydock.controller.playbook.PlaybookContent;
import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.expr.EvaluationException;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.HostPredicate;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.playbooks.expr.InvalidParamsException;
import dev.drydock.playbooks.expr.Params;
import dev.drydock.playbooks.model.Playbook;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.SignatureRefusedException;
import dev.drydock.proto.facts.v1.Host;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A playbook's own condition on hosts. The agent holds it too, and has the last word; here it only spares an offer. */
final class HostFilter {
    private final Optional<HostPredicate> condition;
    private final Map<String, Object> params;

    private HostFilter(Optional<HostPredicate> condition, Map<String, Object> params) {
        this.condition = condition;
        this.params = params;
    }

    /** Empty, with the problems told: there is no such playbook, or it cannot take the parameters. */
    static Optional<HostFilter> of(
            PlaybookContent playbooks, PlaybookVersion version, Map<String, String> given, List<String> problems) {
        Optional<byte[]> envelope = playbooks.envelope(version.digest());
        if (envelope.isEmpty()) {
            problems.add("playbook: " + version.reference() + " was never pushed");
            return Optional.empty();
        }
        try {
            Playbook playbook = CanonicalForm.read(Envelope.read(envelope.get()).unverifiedPayload());
            Map<String, Object> params = Params.bind(playbook.params(), given);
            Optional<HostPredicate> condition = playbook.hosts().isEmpty()
                    ? Optional.empty()
                    : Optional.of(Expressions.compile(playbook.hosts().get(), playbook.params()));
            return Optional.of(new HostFilter(condition, params));
        } catch (InvalidParamsException e) {
            e.problems().forEach(problem -> problems.add("params: " + problem));
        } catch (InvalidPlaybookException | InvalidExpressionException | SignatureRefusedException e) {
            problems.add("playbook: " + version.reference() + " cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Why the playbook is not for this host; empty: it is. */
    Optional<String> refuses(Host host) {
        if (condition.isEmpty()) {
            return Optional.empty();
        }
        try {
            return condition.get().selects(host, params)
                    ? Optional.empty()
                    : Optional.of("the playbook is not for it: " + condition.get());
        } catch (EvaluationException e) {
            return Optional.of("the playbook's condition on hosts has no answer for it: " + e.getMessage());
        }
    }
}
