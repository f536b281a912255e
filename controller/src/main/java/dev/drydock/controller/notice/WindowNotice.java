package dev.drydock.controller.notice;

import dev.drydock.controller.agents.HostPlan;
import dev.drydock.controller.rollout.Forecast;
import dev.drydock.controller.rollout.PlannedHost;
import dev.drydock.controller.rollout.RolloutPlan;
import dev.drydock.controller.window.Opening;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.StepPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a team is told before a window.
 *
 * @param hosts of the team, that the rollout has still to change
 * @param others how many more hosts the rollout has still to change
 * @param forecast empty: too few runs of the playbook are on record
 * @param unapproved the first wave that somebody has to approve before it begins
 */
record WindowNotice(
        String team,
        RolloutPlan plan,
        Opening opening,
        List<Owned> hosts,
        int others,
        Optional<Forecast> forecast,
        OptionalInt unapproved) {
    WindowNotice {
        hosts = List.copyOf(hosts);
    }

    /** @param plan what the host says it would change */
    record Owned(PlannedHost host, HostPlan plan) {}

    /** Names of hosts by wave. */
    Map<Integer, List<String>> waves() {
        Map<Integer, List<String>> waves = new TreeMap<>();
        hosts.forEach(owned -> waves.computeIfAbsent(owned.host().wave(), wave -> new ArrayList<>())
                .add(owned.host().name()));
        return waves;
    }

    Optional<Forecast.Span> span(int wave) {
        return forecast.flatMap(
                all -> all.waves().stream().filter(span -> span.wave() == wave).findFirst());
    }

    /** Hosts by what would change on them, one line each; most hosts first. */
    Map<String, List<String>> changes() {
        Map<String, List<String>> changes = new TreeMap<>();
        for (Owned owned : hosts) {
            for (StepPlan step : owned.plan().steps()) {
                step.getChangesList().forEach(change -> add(changes, words(change), owned));
            }
        }
        return mostFirst(changes);
    }

    Map<String, List<String>> withoutWayBack() {
        Map<String, List<String>> changes = new TreeMap<>();
        for (Owned owned : hosts) {
            owned.plan().steps().stream()
                    .filter(step -> !step.getIrreversible().isEmpty())
                    .forEach(step -> add(changes, step.getName() + ": " + step.getIrreversible(), owned));
        }
        return mostFirst(changes);
    }

    /** Hosts by why they did not say what would change on them. */
    Map<String, List<String>> unknown() {
        Map<String, List<String>> unknown = new TreeMap<>();
        hosts.stream()
                .filter(owned -> !owned.plan().answered())
                .forEach(owned -> add(unknown, owned.plan().problem(), owned));
        return mostFirst(unknown);
    }

    static String words(Change change) {
        String from = change.getFrom().isEmpty() ? "" : " " + change.getFrom() + " →";
        return (change.getKind() + " " + change.getName() + from + " " + change.getTo()).strip();
    }

    private static void add(Map<String, List<String>> to, String what, Owned owned) {
        List<String> names = to.computeIfAbsent(what, key -> new ArrayList<>());
        if (names.isEmpty() || !names.getLast().equals(owned.host().name())) {
            names.add(owned.host().name());
        }
    }

    private static Map<String, List<String>> mostFirst(Map<String, List<String>> all) {
        Map<String, List<String>> sorted = new LinkedHashMap<>();
        all.entrySet().stream()
                .sorted((one, other) ->
                        Integer.compare(other.getValue().size(), one.getValue().size()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}
