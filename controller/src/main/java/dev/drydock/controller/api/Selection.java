package dev.drydock.controller.api;

import dev.drydock.controller.selector.RememberedPredicate;
import dev.drydock.playbooks.expr.EvaluationException;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.HostPredicate;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.proto.facts.v1.Host;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters of hosts as people write them. */
final class Selection {
    private static final int KEPT = 20;

    /** One host by its name, as its page asks for it: that costs no expression for each of many thousands. */
    private static final Pattern ONE_NAME = Pattern.compile("host\\.name == \"([^\"\\\\\\p{Cntrl}]*)\"");

    /** Those that were used last: whoever pages through a list asks for the same again. */
    private static final Map<String, RememberedPredicate> COMPILED =
            Collections.synchronizedMap(new LinkedHashMap<>(KEPT, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, RememberedPredicate> eldest) {
                    return size() > KEPT;
                }
            });

    private Selection() {}

    /**
     * @param filter CEL over {@code host}; empty: all hosts
     * @return fails with INVALID_ARGUMENT, naming the host, where the filter has no answer for one
     * @throws InvalidExpressionException when it does not compile
     */
    static Predicate<Host> of(String filter) throws InvalidExpressionException {
        if (filter.isBlank()) {
            return host -> true;
        }
        Matcher one = ONE_NAME.matcher(filter);
        if (one.matches()) {
            String name = one.group(1);
            return host -> host.getName().equals(name);
        }
        RememberedPredicate predicate = compiled(filter);
        return host -> {
            try {
                return predicate.selects(host);
            } catch (EvaluationException e) {
                throw Refusals.invalid(
                        List.of("filter: has no answer for host " + host.getName() + ": " + e.getMessage()));
            }
        };
    }

    private static RememberedPredicate compiled(String filter) throws InvalidExpressionException {
        RememberedPredicate known = COMPILED.get(filter);
        if (known == null) {
            known = new RememberedPredicate(Expressions.compile(filter));
            COMPILED.put(filter, known);
        }
        return known;
    }

    /** What does not compile takes nothing, and so does what has no answer for a host. For what was checked when it came. */
    static Predicate<Host> taking(String selector) {
        try {
            HostPredicate predicate = Expressions.compile(selector);
            return host -> {
                try {
                    return predicate.selects(host, Map.of());
                } catch (EvaluationException e) {
                    return false;
                }
            };
        } catch (InvalidExpressionException e) {
            return host -> false;
        }
    }
}
