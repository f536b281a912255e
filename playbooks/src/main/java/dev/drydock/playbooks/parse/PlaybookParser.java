package dev.drydock.playbooks.parse;

import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.SyntaxException;
import dev.drydock.playbooks.document.YamlReader;
import dev.drydock.playbooks.model.Playbook;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads playbooks as people write them. Checks the shape; what actions take and what expressions mean is the
 * {@link dev.drydock.playbooks.lint.Linter}'s, which a playbook has to pass before it is signed.
 */
public final class PlaybookParser {
    private PlaybookParser() {}

    /**
     * @param fileName for messages only
     * @param yaml UTF-8
     * @throws InvalidPlaybookException with all problems of the file; broken YAML syntax hides what comes after it
     */
    public static Playbook parse(String fileName, byte[] yaml) throws InvalidPlaybookException {
        Problems problems = new Problems(fileName);
        Optional<Playbook> playbook =
                read(yaml, problems).map(document -> new Binder(problems, Vocabulary.ANY).bind(document));
        if (playbook.isPresent() && problems.isEmpty()) {
            return playbook.get();
        }
        throw new InvalidPlaybookException(problems.list());
    }

    /**
     * The document as far as it can be read, so that what else is wrong with it can be found too; what cannot be read goes
     * to {@code problems}.
     */
    public static Optional<Node> read(byte[] yaml, Problems problems) {
        try {
            return Optional.of(YamlReader.read(yaml));
        } catch (SyntaxException e) {
            problems.add(e);
            return e.rest();
        }
    }

    /** The same for text. */
    public static Playbook parse(String fileName, String yaml) throws InvalidPlaybookException {
        return parse(fileName, yaml.getBytes(StandardCharsets.UTF_8));
    }
}
