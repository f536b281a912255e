package dev.drydock.controller.compliance.rule;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What of a judgement counts in sums and stays as it is for a time; words and ages, which change by the hour, are not in it.
 *
 * @param states by the names of its policies
 * @param lateSince when the time of the rule was over that has been broken for longest; empty: none is, or nobody knows since when
 * @param hidden how many findings and rules each waiver lets pass here, by the waiver's name
 * @param until the last instant at which it stands, while nothing else changes
 */
public record Verdict(
        RuleState state,
        Map<String, RuleState> states,
        Optional<Instant> lateSince,
        VulnerabilityCounts vulnerabilities,
        Map<String, Integer> hidden,
        Instant until) {
    public Verdict {
        states = Map.copyOf(states);
        hidden = Map.copyOf(hidden);
    }

    static Verdict of(HostStanding host, Instant now, Instant until) {
        return new Verdict(
                host.state(),
                host.states(),
                host.results().stream()
                        .flatMap(result -> result.over().stream())
                        .map(now::minus)
                        .min(Instant::compareTo),
                host.vulnerabilities(),
                host.hidden(),
                until);
    }
}
