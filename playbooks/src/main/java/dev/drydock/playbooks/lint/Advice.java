package dev.drydock.playbooks.lint;

import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Paths;
import dev.drydock.playbooks.document.Position;
import dev.drydock.playbooks.expr.Interpolation;
import dev.drydock.playbooks.model.Units;
import dev.drydock.playbooks.parse.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What is well-formed and still unsafe, contradictory or without effect. Not thread-safe. */
final class Advice {
    private static final Duration LONG = Duration.ofDays(1);
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ksh", "zsh");

    private final Problems errors;
    private final Problems warnings;
    private boolean verified;

    Advice(Problems errors, Problems warnings) {
        this.errors = errors;
        this.warnings = warnings;
    }

    /** Looks at one step or check. */
    void entry(Item item) {
        verified |= item.section().equals("verify");
        item.arguments("command.run").ifPresent(arguments -> command(item, arguments));
        item.arguments("os.packages").ifPresent(arguments -> packages(item, arguments));
        item.arguments("file.put").ifPresent(arguments -> file(item, arguments));
        for (String check : List.of("http.check", "command.check")) {
            item.arguments(check).ifPresent(arguments -> contradiction(item, check, arguments));
        }
        for (String key : List.of("timeout", "rollbackTimeout")) {
            tooLong(item, key);
        }
        noEffect(item);
    }

    /** Looks at the playbook after all its entries. */
    void whole(Node.Mapping spec, Position at, Set<String> named) {
        if (!verified && !errors.has("spec.verify") && !errors.has("spec.steps")) {
            warnings.add(
                    at, "spec", "nothing verifies the outcome; add verify with the checks that must hold afterwards");
        }
        if (spec.get("params").orElse(null) instanceof Node.Mapping params) {
            params.entries().forEach((name, entry) -> {
                if (!named.contains(name) && !errors.has("spec.params." + name)) {
                    warnings.add(entry.at(), "spec.params." + name, "this parameter is not used");
                }
            });
        }
        spec.get("onFailure")
                .flatMap(Item::text)
                .filter("stop"::equals)
                .ifPresent(stop -> warnings.add(
                        spec.get("onFailure").orElse(spec).at(),
                        "spec.onFailure",
                        "a run that fails is left half done for a person to mend; rollback leaves the host as it was"));
    }

    private void command(Item item, Node.Mapping arguments) {
        boolean undo = arguments.entries().containsKey("undo");
        boolean irreversible = item.mapping().entries().containsKey("irreversible");
        if (!undo && !irreversible) {
            errors.add(
                    item.at("command.run"),
                    Paths.key(item.path(), "command.run"),
                    "has no way back; expected undo with the command that undoes it, or irreversible: accepted beside command.run");
        } else if (undo && irreversible) {
            warnings.add(
                    item.at("irreversible"),
                    Paths.key(item.path(), "irreversible"),
                    "contradicts undo: with undo there is a way back; remove one of them");
        }
        for (String key : List.of("argv", "undo")) {
            List<String> argv = Item.texts(arguments, key);
            if (argv.size() > 1
                    && isShell(argv.getFirst())
                    && argv.get(1).startsWith("-")
                    && argv.get(1).endsWith("c")) {
                warnings.add(
                        arguments.get(key).orElse(arguments).at(),
                        Paths.key(Paths.key(item.path(), "command.run"), key),
                        "runs a shell: a command that fails in the middle goes unseen, and values from expressions are not quoted; run the program itself");
            }
        }
    }

    private static boolean isShell(String program) {
        return SHELLS.contains(program.substring(program.lastIndexOf('/') + 1));
    }

    private void packages(Item item, Node.Mapping arguments) {
        List<String> excluded = Item.texts(arguments, "exclude");
        for (String wanted : Item.texts(arguments, "packages")) {
            String name = wanted.replaceFirst("[:=].*", "");
            excluded.stream()
                    .filter(glob -> matches(glob, name))
                    .findFirst()
                    .ifPresent(glob -> warnings.add(
                            arguments.get("exclude").orElse(arguments).at(),
                            Paths.key(Paths.key(item.path(), "os.packages"), "exclude"),
                            "contradicts packages: '" + glob + "' excludes " + name + ", which this step asks for"));
        }
    }

    private static boolean matches(String glob, String name) {
        String regex = Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return !Interpolation.isTemplate(glob) && Pattern.matches(regex, name);
    }

    private void file(Item item, Node.Mapping arguments) {
        arguments
                .get("mode")
                .flatMap(Item::text)
                .filter(mode -> mode.matches("[0-7]*[2367]"))
                .ifPresent(mode -> warnings.add(
                        arguments.get("mode").orElse(arguments).at(),
                        Paths.key(Paths.key(item.path(), "file.put"), "mode"),
                        "lets every user of the host write to the file"));
    }

    private void contradiction(Item item, String check, Node.Mapping arguments) {
        List<String> absent = Item.texts(arguments, "absent");
        Item.texts(arguments, "contains").stream()
                .filter(absent::contains)
                .forEach(both -> errors.add(
                        arguments.get("absent").orElse(arguments).at(),
                        Paths.key(Paths.key(item.path(), check), "absent"),
                        "can never hold: '" + both + "' is also under contains"));
    }

    private void tooLong(Item item, String key) {
        item.mapping()
                .get(key)
                .flatMap(Item::text)
                .flatMap(Units::duration)
                .filter(duration -> duration.compareTo(LONG) > 0)
                .ifPresent(duration -> warnings.add(
                        item.mapping().get(key).orElse(item.mapping()).at(),
                        Paths.key(item.path(), key),
                        "longer than a day fits no usual window; the run would be deferred each time"));
    }

    private void noEffect(Item item) {
        if (item.section().equals("preflight")) {
            item.mapping().entries().forEach((action, entry) -> {
                if (entry.value() instanceof Node.Mapping arguments
                        && arguments.entries().get("again") instanceof Node.Entry again) {
                    warnings.add(
                            again.at(),
                            Paths.key(Paths.key(item.path(), action), "again"),
                            "has no effect in preflight, where nothing was changed yet");
                }
            });
        }
        item.mapping()
                .get("name")
                .flatMap(Item::text)
                .filter(Interpolation::isTemplate)
                .ifPresent(name -> warnings.add(
                        item.mapping().get("name").orElse(item.mapping()).at(),
                        Paths.key(item.path(), "name"),
                        "expressions are not replaced in names"));
    }
}
