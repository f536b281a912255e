package dev.drydock.cli.declare;

import dev.drydock.cli.output.Paint;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Width;
import dev.drydock.playbooks.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plan as people and scripts read it. */
final class PlanText {
    private PlanText() {}

    /** Without those that stay as they are, which are only counted. */
    static List<String> lines(Plan plan, Paint paint) {
        List<String> lines = new ArrayList<>();
        for (Change change : plan.changes()) {
            if (change.action() == Change.Action.UNCHANGED && change.notes().isEmpty()) {
                continue;
            }
            String file =
                    change.declared().map(declared -> "  " + declared.file()).orElse("");
            lines.add(paint.apply(
                            style(change.action()),
                            change.action().sign() + " " + word(change.action()) + "  " + change.what())
                    + file);
            change.differences().forEach(difference -> lines.add("      " + Width.printable(difference.toString())));
            change.notes().forEach(note -> lines.add("      " + Width.printable(note)));
        }
        plan.notes().forEach(lines::add);
        lines.add(summary(plan));
        return lines;
    }

    private static Style style(Change.Action action) {
        return switch (action) {
            case CREATE -> Style.GOOD;
            case CHANGE, NEXT_VERSION, STAYS -> Style.WARN;
            case REMOVE, REFUSED -> Style.BAD;
            case UNCHANGED -> Style.DIM;
        };
    }

    static String word(Change.Action action) {
        return switch (action) {
            case CREATE -> "create";
            case CHANGE -> "change";
            case NEXT_VERSION -> "push";
            case UNCHANGED -> "unchanged";
            case REMOVE -> "remove";
            case STAYS -> "stays";
            case REFUSED -> "refused";
        };
    }

    /** {@code 1 to create, 2 to change, 12 unchanged}. */
    static String summary(Plan plan) {
        List<String> parts = new ArrayList<>();
        for (Change.Action action : Change.Action.values()) {
            long count = plan.changes().stream()
                    .filter(change -> change.action() == action)
                    .count();
            if (count > 0) {
                parts.add(count + (action.acts() ? " to " : " ") + word(action));
            }
        }
        boolean nothing = plan.steps().isEmpty() && !plan.refused();
        return (nothing ? "Nothing to change: " : "") + String.join(", ", parts) + ".";
    }

    /** @param results by what they are of; may be empty */
    static Map<String, Object> tree(Plan plan, Map<Change, String> results, boolean dryRun) {
        List<Map<String, Object>> changes = plan.changes().stream()
                .map(change -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    one.put("kind", change.kind().word());
                    one.put("name", change.name());
                    one.put("action", change.action().name().toLowerCase(Locale.ROOT));
                    change.declared().ifPresent(declared -> one.put("file", declared.file()));
                    one.put(
                            "differences",
                            change.differences().stream().map(PlanText::tree).toList());
                    one.put("notes", change.notes());
                    if (results.containsKey(change)) {
                        one.put("result", results.get(change));
                    }
                    return one;
                })
                .toList();
        return Map.of("dryRun", dryRun, "changes", changes, "notes", plan.notes());
    }

    private static Map<String, String> tree(Difference difference) {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("path", difference.path());
        difference.before().ifPresent(before -> tree.put("before", before));
        difference.after().ifPresent(after -> tree.put("after", after));
        return tree;
    }
}
