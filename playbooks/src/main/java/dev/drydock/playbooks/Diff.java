package dev.drydock.playbooks;

import dev.drydock.playbooks.document.JsonWriter;
import dev.drydock.playbooks.document.Paths;
import dev.drydock.playbooks.model.Playbook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what two playbooks mean: their canonical forms, not how they are written. */
public final class Diff {
    private final List<Difference> found = new ArrayList<>();

    private Diff() {}

    /** By path; empty exactly when both have the same digest. Steps and checks are matched by their names. */
    public static List<Difference> between(Playbook before, Playbook after) {
        Diff diff = new Diff();
        diff.maps("", CanonicalForm.tree(before), CanonicalForm.tree(after));
        return List.copyOf(diff.found);
    }

    /** The same of other trees of maps, lists and values. */
    public static List<Difference> between(Map<String, ?> before, Map<String, ?> after) {
        Diff diff = new Diff();
        diff.maps("", before, after);
        return List.copyOf(diff.found);
    }

    private void values(String path, Object before, Object after) {
        if (before instanceof Map<?, ?> a && after instanceof Map<?, ?> b) {
            maps(path, a, b);
        } else if (before instanceof List<?> a && after instanceof List<?> b && named(a) && named(b)) {
            lists(path, a, b);
        } else if (!JsonWriter.text(before).equals(JsonWriter.text(after))) {
            add(path, before, after);
        }
    }

    private void maps(String path, Map<?, ?> before, Map<?, ?> after) {
        TreeSet<String> keys = new TreeSet<>();
        before.keySet().forEach(key -> keys.add((String) key));
        after.keySet().forEach(key -> keys.add((String) key));
        for (String key : keys) {
            Object a = before.get(key);
            Object b = after.get(key);
            if (a != null && b != null) {
                values(Paths.key(path, key), a, b);
            } else {
                add(Paths.key(path, key), a, b);
            }
        }
    }

    /** Along the longest run of names that both have in the same order. */
    private void lists(String path, List<?> before, List<?> after) {
        int[][] common = common(before, after);
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && name(before.get(i)).equals(name(after.get(j)))) {
                values(Paths.item(path, j), before.get(i), after.get(j));
                i++;
                j++;
            } else if (j == after.size() || i < before.size() && common[i + 1][j] >= common[i][j + 1]) {
                add(Paths.item(path, i), before.get(i), null);
                i++;
            } else {
                add(Paths.item(path, j), null, after.get(j));
                j++;
            }
        }
    }

    /** How many names the rests of both lists, from each pair of places on, have in common in the same order. */
    private static int[][] common(List<?> before, List<?> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = name(before.get(i)).equals(name(after.get(j)))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private static boolean named(List<?> items) {
        return items.stream().allMatch(item -> item instanceof Map<?, ?> map && map.containsKey("name"));
    }

    private static Object name(Object item) {
        return Objects.requireNonNull(((Map<?, ?>) item).get("name"));
    }

    private void add(String path, @Nullable Object before, @Nullable Object after) {
        found.add(new Difference(
                path,
                Optional.ofNullable(before).map(JsonWriter::text),
                Optional.ofNullable(after).map(JsonWriter::text)));
    }
}
