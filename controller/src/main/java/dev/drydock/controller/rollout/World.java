package dev.drydock.controller.rollout;

import dev.drydock.controller.agents.HostPlan;
import dev.drydock.controller.window.Opening;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.StepPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a plan was made from, in lines that can be compared: an apply refuses when one of them is another now.
 *
 * @param lines by what they are of: the playbook, the window, each host and each host that is left out
 * @param changes of each host that answered, what the playbook would change on it
 */
public record World(Map<String, String> lines, Map<String, String> changes) {
    public World {
        lines = Map.copyOf(lines);
        changes = Map.copyOf(changes);
    }

    static World of(RolloutPlan plan, Optional<Opening> opening, Map<String, HostPlan> plans) {
        Map<String, String> lines = new TreeMap<>();
        lines.put(
                "playbook",
                plan.playbook().reference() + ", digest " + plan.playbook().digest());
        if (plan.origin().emergency().isEmpty()) {
            lines.put(
                    "window " + plan.window().name(),
                    opening.map(next -> "opens at " + next.opens() + " until " + next.closes())
                            .orElse("has no opening"));
        }
        Map<String, String> changes = new TreeMap<>();
        for (PlannedHost host : plan.hosts()) {
            lines.put("host " + host.name(), "wave " + host.wave());
            HostPlan answer = plans.get(host.id());
            if (answer != null && answer.answered()) {
                changes.put("host " + host.name(), words(answer.steps()));
            }
        }
        plan.notIncluded().forEach(left -> lines.put("host " + left.host(), "not included: " + left.reason()));
        return new World(lines, changes);
    }

    private static String words(List<StepPlan> steps) {
        List<String> words = new ArrayList<>();
        for (StepPlan step : steps) {
            for (Change change : step.getChangesList()) {
                words.add((change.getKind() + " " + change.getName() + " " + change.getFrom() + " → " + change.getTo())
                        .strip());
            }
            if (!step.getIrreversible().isEmpty()) {
                words.add(step.getName() + " has no way back: " + step.getIrreversible());
            }
        }
        return words.isEmpty() ? "nothing to change" : String.join("; ", words);
    }

    /** What is another now, in words; of changes only where a host answered both times. */
    public List<String> movedTo(World now) {
        List<String> moved = new ArrayList<>();
        compare(lines, now.lines, true, moved);
        compare(changes, now.changes, false, moved);
        return moved;
    }

    private static void compare(Map<String, String> then, Map<String, String> now, boolean whole, List<String> moved) {
        Map<String, String> all = new TreeMap<>(then);
        all.putAll(now);
        for (String of : all.keySet()) {
            String was = then.get(of);
            String is = now.get(of);
            if (was == null || is == null) {
                if (whole) {
                    moved.add(of + ": " + (was == null ? "is new, " + is : "is gone, was " + was));
                }
            } else if (!was.equals(is)) {
                moved.add(of + ": " + is + "; the plan says: " + was);
            }
        }
    }
}
