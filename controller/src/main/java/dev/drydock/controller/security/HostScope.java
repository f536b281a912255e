package dev.drydock.controller.security;

import dev.drydock.controller.selector.RememberedPredicate;
import dev.drydock.playbooks.expr.EvaluationException;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.proto.facts.v1.Host;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hosts that a grant is for: those that all its selectors take. A selector that has no answer for a host does not take it.
 * Immutable; two of the same selectors are equal.
 */
public final class HostScope {
    /** All hosts, also those that come later. */
    public static final HostScope WHOLE = new HostScope(List.of(), List.of());

    private final List<String> selectors;
    private final List<RememberedPredicate> compiled;

    private HostScope(List<String> selectors, List<RememberedPredicate> compiled) {
        this.selectors = List.copyOf(selectors);
        this.compiled = List.copyOf(compiled);
    }

    /** @param cel over {@code host}; blank: the whole fleet */
    public static HostScope of(String cel) throws InvalidExpressionException {
        return cel.isBlank()
                ? WHOLE
                : new HostScope(
                        List.of(cel.strip()), List.of(new RememberedPredicate(Expressions.compile(cel.strip()))));
    }

    /** Those of both. */
    public HostScope and(HostScope other) {
        return new HostScope(
                Stream.concat(selectors.stream(), other.selectors.stream()).toList(),
                Stream.concat(compiled.stream(), other.compiled.stream()).toList());
    }

    /** Whether it leaves no host out, whatever a host is like. */
    public boolean whole() {
        return selectors.isEmpty();
    }

    public boolean covers(Host host) {
        return compiled.stream().allMatch(selector -> takes(selector, host));
    }

    private static boolean takes(RememberedPredicate selector, Host host) {
        try {
            return selector.selects(host);
        } catch (EvaluationException e) {
            return false;
        }
    }

    /** As one selector; empty: the whole fleet. */
    public String expression() {
        return selectors.size() == 1
                ? selectors.getFirst()
                : selectors.stream().map(HostScope::enclosed).collect(Collectors.joining(" && "));
    }

    /** As a part of a longer expression. Only for what compiles by itself: else its brackets could close these. */
    public static String enclosed(String cel) {
        return "(" + cel + (cel.contains("//") ? "\n)" : ")");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostScope scope && scope.selectors.equals(selectors);
    }

    @Override
    public int hashCode() {
        return selectors.hashCode();
    }

    @Override
    public String toString() {
        return whole() ? "whole fleet" : expression();
    }
}
