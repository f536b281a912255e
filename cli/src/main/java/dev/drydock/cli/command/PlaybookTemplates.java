package dev.drydock.cli.command;

import dev.drydock.cli.CliException;
import dev.drydock.playbooks.library.Library;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
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
        if (!Library.names().contains(template)) {
            throw CliException.usage(
                    "There is no template '" + template + "'.",
                    "Take one of " + String.join(", ", Library.names()) + ".");
        }
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
}
