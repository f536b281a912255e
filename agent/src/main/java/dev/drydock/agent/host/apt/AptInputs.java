package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The files that apt's answers depend on. Looks at their dates only, since reading them takes seconds of processor time. */
final class AptInputs {
    static final List<String> LOCKS_OF_CHANGES =
            List.of("/var/lib/dpkg/lock-frontend", "/var/lib/dpkg/lock", "/var/cache/apt/archives/lock");
    static final List<String> LOCKS_OF_LISTS = List.of("/var/lib/apt/lists/lock");

    private static final List<String> LISTS = List.of("/var/lib/apt/lists", "/var/lib/apt/lists/partial");
    /** Directories change their time when a file in them comes or goes. */
    private static final List<String> ALL = List.of(
            Dpkg.STATE + "/status",
            Dpkg.STATE + "/updates",
            "/var/lib/apt/extended_states",
            "/var/lib/apt/lists",
            "/var/lib/apt/lists/partial",
            "/etc/apt/sources.list",
            "/etc/apt/sources.list.d",
            "/etc/apt/preferences",
            "/etc/apt/preferences.d",
            "/etc/apt/apt.conf",
            "/etc/apt/apt.conf.d");

    private final HostFiles files;

    AptInputs(HostFiles files) {
        this.files = files;
    }

    /** The same as long as none of the files changes. */
    String fingerprint() throws HostException {
        StringBuilder text = new StringBuilder();
        try {
            for (String input : ALL) {
                Path file = files.resolve(input);
                text.append(input);
                if (Files.exists(file)) {
                    text.append(' ')
                            .append(Files.getLastModifiedTime(file))
                            .append(' ')
                            .append(Files.size(file));
                }
                text.append('\n');
            }
            return text.toString();
        } catch (IOException e) {
            throw new HostException("apt's files cannot be looked at: " + e.getMessage(), e);
        }
    }

    /** Empty when never or unknown. */
    Optional<Instant> listsReadAt() throws HostException {
        try {
            Instant newest = Instant.EPOCH;
            for (String list : LISTS) {
                Path directory = files.resolve(list);
                if (Files.isDirectory(directory)) {
                    Instant at = Files.getLastModifiedTime(directory).toInstant();
                    newest = at.isAfter(newest) ? at : newest;
                }
            }
            return newest.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(newest);
        } catch (IOException e) {
            throw new HostException("apt's lists cannot be looked at: " + e.getMessage(), e);
        }
    }
}
