package dev.drydock.controller.selector;

import dev.drydock.playbooks.expr.EvaluationException;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.HostPredicate;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.proto.facts.v1.Host;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose hosts are whose: CEL over {@code host} that is kept with what owns or covers them. */
public final class HostSelector {
    private static final Logger log = LoggerFactory.getLogger(HostSelector.class);

    private HostSelector() {}

    /** What is wrong with it, for the field {@code hosts}; empty: nothing. */
    public static Optional<String> problem(String hosts) {
        if (hosts.isBlank()) {
            return Optional.of("hosts: missing; expected CEL over host, for example host.labels.team == \"dba\"");
        }
        try {
            var unused = Expressions.compile(hosts);
            return Optional.empty();
        } catch (InvalidExpressionException e) {
            return Optional.of("hosts: " + e.getMessage());
        }
    }

    /**
     * To be made once for many hosts. A host that the selector has no answer for is not selected.
     *
     * @param whose for the log, for example {@code team dba}
     */
    public static Predicate<Host> of(String hosts, String whose) {
        HostPredicate selector;
        try {
            selector = Expressions.compile(hosts);
        } catch (InvalidExpressionException e) {
            // Taken by an earlier release.
            log.error("the hosts of {} cannot be read: {}", whose, e.getMessage());
            return host -> false;
        }
        return host -> {
            try {
                return selector.selects(host, Map.of());
            } catch (EvaluationException e) {
                return false;
            }
        };
    }
}
