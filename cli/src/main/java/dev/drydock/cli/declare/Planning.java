package dev.drydock.cli.declare;

import dev.drydock.cli.declare.Change.Action;
import dev.drydock.playbooks.Diff;
import dev.drydock.playbooks.Difference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes one plan. Used once. */
final class Planning {
    private final List<Plan.Checked> documents;
    private final boolean prune;
    private final Map<String, Present> present = new HashMap<>();
    private final Set<String> declared = new HashSet<>();
    private final Set<String> kinds = new HashSet<>();
    private final Set<String> removed = new HashSet<>();

    Planning(List<Plan.Checked> documents, List<Present> present, boolean prune) {
        this.documents = documents;
        this.prune = prune;
        present.forEach(there -> this.present.put(key(there.kind().word(), there.name()), there));
        for (Plan.Checked document : documents) {
            declared.add(
                    key(document.declared().kind().word(), document.declared().name()));
            kinds.add(document.declared().kind().word());
        }
    }

    private static String key(String kind, String name) {
        return kind.toLowerCase(Locale.ROOT) + " " + name;
    }

    Plan plan() {
        List<Change> changes = new ArrayList<>(prune ? removals() : List.of());
        documents.forEach(document -> changes.add(change(document)));
        changes.sort(Comparator.comparingInt((Change change) -> Kinds.ALL.indexOf(change.kind()))
                .thenComparing(Change::name));
        return new Plan(changes, prune ? notPruned() : List.of());
    }

    private List<String> notPruned() {
        return Kinds.ALL.stream()
                .filter(kind -> kind.prunable() && !kinds.contains(kind.word()))
                .filter(kind ->
                        present.values().stream().anyMatch(there -> there.kind().equals(kind)))
                .map(kind -> "The files have no " + kind.word() + ", so that none is removed.")
                .toList();
    }

    /** Windows are looked at before the calendars that they name. */
    private List<Change> removals() {
        List<Change> found = new ArrayList<>();
        Stream<Present> candidates = present.entrySet().stream()
                .filter(entry -> !declared.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(there ->
                        there.kind().prunable() && kinds.contains(there.kind().word()))
                .sorted(Comparator.comparingInt((Present there) -> -Kinds.ALL.indexOf(there.kind()))
                        .thenComparing(Present::name));
        candidates.forEach(there -> found.add(removal(there)));
        return found;
    }

    private Change removal(Present there) {
        List<String> users = Stream.concat(
                        there.users().stream().filter(user -> !removed.contains(user) && !changes(user)),
                        documents.stream()
                                .map(Plan.Checked::declared)
                                .filter(document -> needs(document, there))
                                .map(document -> key(document.kind().word(), document.name())))
                .toList();
        if (!users.isEmpty()) {
            return new Change(
                    Action.STAYS,
                    there.kind(),
                    there.name(),
                    Optional.empty(),
                    Optional.of(there),
                    List.of(),
                    List.of("in no file, and named by " + String.join(", ", users)));
        }
        removed.add(key(there.kind().word(), there.name()));
        return new Change(
                Action.REMOVE,
                there.kind(),
                there.name(),
                Optional.empty(),
                Optional.of(there),
                List.of(),
                keepers(there));
    }

    /** Whether it comes to be as a file says, so that what it names now does not count. */
    private boolean changes(String user) {
        return documents.stream()
                .map(Plan.Checked::declared)
                .anyMatch(document -> document.kind().differing() == Kind.Differing.CHANGED
                        && key(document.kind().word(), document.name()).equals(user));
    }

    /** Rollouts that are there need nothing more: they keep what they were made with. */
    private boolean needs(Declared document, Present there) {
        boolean made = document.kind().differing() == Kind.Differing.REFUSED
                && present.containsKey(key(document.kind().word(), document.name()));
        return !made
                && document.needs().stream()
                        .anyMatch(need -> need.kind().equals(there.kind().word())
                                && need.name().equals(there.name()));
    }

    private List<String> keepers(Present there) {
        if (!(there.kind() instanceof WindowKind)) {
            return List.of();
        }
        List<String> keepers = present.values().stream()
                .filter(other -> other.keeps().contains(there.name()))
                .map(Present::name)
                .sorted()
                .toList();
        return keepers.isEmpty()
                ? List.of()
                : List.of("made before, and going on by the window as it was: rollout " + String.join(", ", keepers));
    }

    private Change change(Plan.Checked document) {
        Declared wanted = document.declared();
        Finding finding = document.finding();
        Optional<Present> there =
                Optional.ofNullable(present.get(key(wanted.kind().word(), wanted.name())));
        List<Difference> differences = there.map(
                        was -> Diff.between(wanted.kind().inWordsOf(wanted, was.tree()), wanted.tree()))
                .orElse(List.of());
        boolean same = there.isPresent() && finding.same().orElse(differences.isEmpty());
        List<String> refusals = new ArrayList<>(finding.refusals());
        if (!same) {
            refusals.addAll(absent(wanted));
        }
        if (!refusals.isEmpty()) {
            return made(Action.REFUSED, wanted, there, differences, refusals);
        }
        if (there.isEmpty()) {
            return made(Action.CREATE, wanted, there, differences, finding.notes());
        }
        return same
                ? made(Action.UNCHANGED, wanted, there, List.of(), finding.notes())
                : differing(wanted, there.get(), differences, finding);
    }

    private Change differing(Declared wanted, Present there, List<Difference> differences, Finding finding) {
        List<String> notes = new ArrayList<>(finding.notes());
        if (differences.isEmpty()) {
            notes.add("it differs in what is not shown: the rest of a link, for example");
        }
        notes.addAll(keepers(there));
        return switch (wanted.kind().differing()) {
            case CHANGED -> made(Action.CHANGE, wanted, Optional.of(there), differences, notes);
            case NEXT_VERSION -> {
                notes.add("as the next version after " + there.state());
                yield made(Action.NEXT_VERSION, wanted, Optional.of(there), differences, notes);
            }
            case REFUSED ->
                made(
                        Action.REFUSED,
                        wanted,
                        Optional.of(there),
                        differences,
                        List.of("there is another of that name (" + there.state()
                                + "), and what was planned once is not changed; give the new one a new name"));
        };
    }

    private List<String> absent(Declared wanted) {
        return wanted.needs().stream()
                .filter(need -> !need.name().isEmpty())
                .filter(need -> !declared.contains(key(need.kind(), need.name()))
                        && !present.containsKey(key(need.kind(), need.name())))
                .map(need -> wanted.place(need.at()) + ": " + need.path() + ": there is no "
                        + key(need.kind(), need.name()) + ", neither in the files nor on the controller")
                .toList();
    }

    private static Change made(
            Action action, Declared wanted, Optional<Present> there, List<Difference> differences, List<String> notes) {
        return new Change(action, wanted.kind(), wanted.name(), Optional.of(wanted), there, differences, notes);
    }
}
