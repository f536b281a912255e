package dev.drydock.cli.inventory;

import dev.drydock.cli.CliException;
import dev.drydock.playbooks.Problem;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.parse.Problems;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The file that lists hosts: docs/bootstrap.md says what it holds. */
public final class HostsFile {
    private HostsFile() {}

    /**
     * In the order of the file.
     *
     * @throws CliException with everything that is wrong with it, a line each with its place
     */
    public static List<ListedHost> read(String file, byte[] yaml) {
        Problems problems = new Problems(file);
        Optional<Node> document = PlaybookParser.read(yaml, problems);
        List<ListedHost> hosts =
                document.map(root -> new HostsReader(problems).read(root)).orElse(List.of());
        if (document.isEmpty() || !problems.isEmpty()) {
            throw CliException.usage(
                    problems.list().stream().map(Problem::toString).collect(Collectors.joining("\n")),
                    "See docs/bootstrap.md for what the file holds.");
        }
        return hosts;
    }
}
