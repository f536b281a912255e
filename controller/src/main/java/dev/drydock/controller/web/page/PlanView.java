package dev.drydock.controller.web.page;

import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.StepPlan;
import dev.drydock.proto.v1.HostPreview;
import dev.drydock.proto.v1.RolloutPreview;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A plan as its page shows it.
 *
 * @param changes what would change, and on how many hosts; the most frequent first
 * @param silent hosts that gave no plan
 * @param noWayBack what could not be undone, and where
 */
public record PlanView(
        RolloutPreview preview,
        List<Change> changes,
        List<Integer> on,
        List<HostPreview> silent,
        List<String> noWayBack) {
    static PlanView of(RolloutPreview preview) {
        Map<Change, Integer> counts = new LinkedHashMap<>();
        TreeSet<String> noWayBack = new TreeSet<>();
        for (HostPreview host : preview.getHostsList()) {
            for (StepPlan step : host.getStepsList()) {
                step.getChangesList().forEach(change -> counts.merge(change, 1, Integer::sum));
                if (!step.getIrreversible().isEmpty()) {
                    noWayBack.add(step.getName() + " on " + host.getHost() + ": " + step.getIrreversible());
                }
            }
        }
        List<Map.Entry<Change, Integer>> sorted = counts.entrySet().stream()
                .sorted(Map.Entry.<Change, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry -> entry.getKey().getName()))
                .toList();
        return new PlanView(
                preview,
                sorted.stream().map(Map.Entry::getKey).toList(),
                sorted.stream().map(Map.Entry::getValue).toList(),
                preview.getHostsList().stream()
                        .filter(host -> !host.getProblem().isEmpty())
                        .toList(),
                List.copyOf(noWayBack));
    }
}
