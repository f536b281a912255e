package dev.drydock.cli.command;

import dev.drydock.cli.CliException;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.library.Library;
import dev.drydock.playbooks.model.Playbook;
import dev.drydock.playbooks.parse.PlaybookParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code playbook new} begins from; for picocli, the names. */
final class PlaybookTemplates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Library.names().iterator();
    }

    /**
     * Never over another file.
     *
     * @param out where to; NAME.yaml where it is null
     * @return where it was written to
     */
    static Path write(String template, String name, @Nullable Path out) {
        requireKnown(template);
        if (!name.matches("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")) {
            throw CliException.usage(
                    "'" + name + "' is no name for a playbook.",
                    "Take lower-case letters, digits and dashes, at most 63, for example web-monthly.");
        }
        Path file = out == null ? Path.of(name + ".yaml") : out;
        LocalFiles.doing(
                "write",
                file,
                () -> Files.writeString(
                        file, Library.source(template, name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        return file;
    }

    private static void requireKnown(String template) {
        if (!Library.names().contains(template)) {
            throw CliException.usage(
                    "There is no template '" + template + "'.",
                    "Take one of " + String.join(", ", Library.names()) + ".");
        }
    }

    /** @param template all where it is null */
    static void show(Output output, @Nullable String template) {
        if (template != null) {
            requireKnown(template);
        }
        List<Playbook> playbooks = Library.names().stream()
                .filter(name -> template == null || name.equals(template))
                .map(PlaybookTemplates::read)
                .toList();
        output.answer(
                Map.of(
                        "playbooks",
                        playbooks.stream().map(PlaybookTemplates::tree).toList()),
                playbooks.stream().map(Playbook::name).toList(),
                () -> template == null ? output.render(table(playbooks)) : about(template));
        output.hint(
                "Begin from one: drydock playbook new NAME --template " + (template == null ? "TEMPLATE" : template));
    }

    private static Playbook read(String name) {
        try {
            return PlaybookParser.parse(name, Library.source(name).getBytes(StandardCharsets.UTF_8));
        } catch (InvalidPlaybookException e) {
            throw new IllegalStateException("the ready playbook " + name + " cannot be read", e);
        }
    }

    private static Map<String, String> tree(Playbook playbook) {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("name", playbook.name());
        tree.put("maintenance", playbook.maintenance().name().toLowerCase(Locale.ROOT));
        tree.put("description", playbook.description());
        Library.readme(playbook.name()).ifPresent(readme -> tree.put("readme", readme));
        return tree;
    }

    private static Table table(List<Playbook> playbooks) {
        Table table = Table.of("TEMPLATE", "MAINTENANCE", "DESCRIPTION");
        playbooks.forEach(playbook ->
                table.row(playbook.name(), tree(playbook).getOrDefault("maintenance", "-"), playbook.description()));
        return table;
    }

    private static List<String> about(String template) {
        return Library.readme(template)
                .orElseGet(() -> Library.source(template))
                .lines()
                .toList();
    }
}
