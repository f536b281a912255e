package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.packages.PackageChange;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says on the disk that a change of packages has begun, until it has ended. rpm keeps no state for each package as dpkg does:
 * one that was cut off while it was unpacked looks whole in the database, with a mixture of files.
 */
final class Unfinished {
    static final String FILE = "/var/lib/drydock-unfinished-packages";
    private static final String ABSENT = "absent ";

    private final HostFiles files;

    Unfinished(HostFiles files) {
        this.files = files;
    }

    /** @param absent files that the change brings and that are not there before */
    void begin(List<PackageChange> changes, Collection<String> absent) throws HostException {
        Durable.write(
                files,
                FILE,
                head(changes) + absent.stream().map(p -> ABSENT + p + "\n").collect(Collectors.joining()));
    }

    void end() throws HostException {
        Durable.delete(files, FILE);
    }

    /** Whether it is this change that was begun. */
    boolean isOf(List<PackageChange> changes) throws HostException {
        return text().filter(t -> head(t).equals(head(changes))).isPresent();
    }

    /** What was not there before the change that was begun. */
    List<String> absent() throws HostException {
        return text().orElse("")
                .lines()
                .filter(l -> l.startsWith(ABSENT))
                .map(l -> l.substring(ABSENT.length()))
                .toList();
    }

    /** For people; empty when nothing was begun. */
    List<String> complaints() throws HostException {
        return text().map(t -> List.of("(a change of " + head(t).lines().count() + " packages by Drydock was cut off: "
                        + head(t).lines().collect(Collectors.joining(", ")) + ")"))
                .orElse(List.of());
    }

    private static String head(List<PackageChange> changes) {
        return changes.stream()
                .map(c -> c.id() + " " + (c.isNew() ? "new" : c.from()) + " → " + c.to() + "\n")
                .collect(Collectors.joining());
    }

    private static String head(String text) {
        return text.lines()
                .filter(l -> !l.startsWith(ABSENT))
                .map(l -> l + "\n")
                .collect(Collectors.joining());
    }

    private Optional<String> text() throws HostException {
        try {
            return files.read(FILE);
        } catch (IOException e) {
            throw new HostException(FILE + " cannot be read: " + e.getMessage(), e);
        }
    }
}
