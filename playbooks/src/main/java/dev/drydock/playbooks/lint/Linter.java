package dev.drydock.playbooks.lint;

import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Paths;
import dev.drydock.playbooks.model.Playbook;
import dev.drydock.playbooks.parse.Binder;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.parse.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What every playbook has to pass before it is signed and again when it is pushed: its shape, the names of actions and
 * checks, their arguments, and the types of all expressions. Needs no network. Pure; safe for use by several threads.
 */
public final class Linter {
    private final Problems errors;
    private final Problems warnings;

    private Linter(String fileName) {
        errors = new Problems(fileName);
        warnings = new Problems(fileName);
    }

    /**
     * @param fileName for messages only
     * @param yaml UTF-8
     * @return all that is wrong at once, but for broken YAML, which hides what comes after it
     */
    public static LintResult lint(String fileName, byte[] yaml) {
        return new Linter(fileName).lint(yaml);
    }

    /** The same for text. */
    public static LintResult lint(String fileName, String yaml) {
        return lint(fileName, yaml.getBytes(StandardCharsets.UTF_8));
    }

    private LintResult lint(byte[] yaml) {
        Optional<Playbook> playbook = PlaybookParser.read(yaml, errors).map(document -> {
            Playbook bound = new Binder(errors, Actions.ALL).bind(document);
            contents(document, bound);
            return bound;
        });
        return new LintResult(playbook.filter(whole -> errors.isEmpty()), errors.list(), warnings.list());
    }

    private void contents(Node document, Playbook playbook) {
        if (!(document instanceof Node.Mapping top)
                || !(top.get("spec").orElse(null) instanceof Node.Mapping spec)
                || !(top.entries().get("spec") instanceof Node.Entry specEntry)) {
            return;
        }
        boolean typed =
                errors.list().stream().noneMatch(problem -> problem.path().startsWith("spec.params"));
        ExpressionChecker expressions = new ExpressionChecker(errors, playbook.params(), typed);
        ArgumentChecker arguments = new ArgumentChecker(errors, expressions);
        spec.get("hosts").ifPresent(hosts -> expressions.condition(hosts, "spec.hosts"));
        Advice advice = new Advice(errors, warnings);
        for (String section : List.of("preflight", "steps", "verify")) {
            eachItem(spec, "spec", section, item -> {
                entry(item, expressions, arguments);
                advice.entry(item);
                eachItem(item.mapping(), item.path(), "verify", check -> {
                    entry(check, expressions, arguments);
                    advice.entry(check);
                });
            });
        }
        advice.whole(spec, specEntry.at(), expressions.named());
    }

    private static void entry(Item item, ExpressionChecker expressions, ArgumentChecker arguments) {
        item.mapping().get("when").ifPresent(when -> expressions.condition(when, Paths.key(item.path(), "when")));
        item.mapping().entries().forEach((key, entry) -> Actions.ALL
                .find(key)
                .ifPresent(action -> arguments.check(action, entry, Paths.key(item.path(), key))));
    }

    private static void eachItem(Node.Mapping parent, String path, String key, Consumer<Item> then) {
        if (parent.get(key).orElse(null) instanceof Node.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                if (list.items().get(i) instanceof Node.Mapping mapping) {
                    then.accept(new Item(mapping, Paths.item(Paths.key(path, key), i), key));
                }
            }
        }
    }
}
