package dev.drydock.cli.command;

import dev.drydock.cli.CliException;
import dev.drydock.playbooks.Problem;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Position;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.parse.Problems;
import dev.drydock.proto.v1.Scenario;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A scenario as people write it, and where each part of it stands.
 *
 * @param file for messages
 * @param document empty only in a file that holds no document
 */
record ScenarioFile(String file, Node document, Scenario scenario) {
    private static final Pattern PROBLEM = Pattern.compile("([a-z_.\\[\\]0-9]+): (.*)");
    private static final Pattern PART = Pattern.compile("([a-z_0-9]+)(?:\\[([0-9]{1,6})])?");
    private static final Pattern LETTER = Pattern.compile("_([a-z])");

    /** @throws CliException with everything that is wrong with it, a line each */
    static ScenarioFile read(String file, byte[] yaml) {
        Problems problems = new Problems(file);
        Optional<Node> document = PlaybookParser.read(yaml, problems);
        Optional<Scenario> scenario = document.map(root -> new ScenarioReader(problems).read(root));
        if (scenario.isEmpty() || !problems.isEmpty()) {
            throw CliException.usage(
                    problems.list().stream().map(Problem::toString).collect(Collectors.joining("\n")),
                    "See docs/simulate.md for what the file holds.");
        }
        return new ScenarioFile(file, document.orElseThrow(), scenario.get());
    }

    /** The controller's problems, a line each, with the places in the file that they are about. */
    String placed(String problems) {
        return problems.lines().map(this::placedLine).collect(Collectors.joining("\n"));
    }

    private String placedLine(String line) {
        Matcher problem = PROBLEM.matcher(line);
        if (!problem.matches()) {
            return line;
        }
        String path = "spec." + problem.group(1);
        Position at = document.at();
        Node node = document;
        for (String part : List.of(path.split("\\."))) {
            Optional<Node> next = step(node, part);
            if (next.isEmpty()) {
                break;
            }
            node = next.get();
            at = node.at();
        }
        return new Problem(file, at.line(), at.column(), camel(path), problem.group(2), Optional.empty()).toString();
    }

    private static Optional<Node> step(Node node, String part) {
        Matcher named = PART.matcher(part);
        if (!named.matches() || !(node instanceof Node.Mapping mapping)) {
            return Optional.empty();
        }
        Optional<Node> value = mapping.get(camel(named.group(1)));
        if (named.group(2) == null || value.isEmpty()) {
            return value;
        }
        int index = Integer.parseInt(named.group(2));
        return value.get() instanceof Node.Sequence list && index < list.items().size()
                ? Optional.of(list.items().get(index))
                : value;
    }

    /** The contract's {@code max_concurrent} is the file's {@code maxConcurrent}. */
    private static String camel(String path) {
        return LETTER.matcher(path).replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }
}
