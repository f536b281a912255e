package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that apt's answers depend on. Looks at their dates and sizes only, since reading them takes seconds of processor
 * time. A list may be a link to a file of the archive's, which changes where it lies.
 */
final class AptInputs {
    static final List<String> LOCKS_OF_CHANGES =
            List.of("/var/lib/dpkg/lock-frontend", "/var/lib/dpkg/lock", "/var/cache/apt/archives/lock");
    static final List<String> LOCKS_OF_LISTS = List.of("/var/lib/apt/lists/lock");

    private static final String LISTS = "/var/lib/apt/lists";
    /** Each {@code apt-get update} touches it, also one that finds nothing new, which changes no answer. */
    static final String PARTIAL = LISTS + "/partial";

    /** Thousands of files, some for each package: of these it counts which there are, by the directory's date. */
    private static final String INFO = Dpkg.STATE + "/info";

    private static final List<String> SOURCES = List.of(
            LISTS, "/etc/apt/sources.list", "/etc/apt/sources.list.d", "/etc/apt/apt.conf", "/etc/apt/apt.conf.d");
    private static final List<String> POLICY = List.of("/etc/apt/preferences", "/etc/apt/preferences.d");
    private static final List<String> INSTALLED = List.of(
            Dpkg.STATE + "/status",
            Dpkg.STATE + "/updates",
            Dpkg.STATE + "/triggers",
            INFO,
            "/var/lib/apt/extended_states");
    /** Whom apt believes, and what it says to be let in. */
    private static final List<String> TRUST = List.of(
            "/etc/apt/trusted.gpg",
            "/etc/apt/trusted.gpg.d",
            "/etc/apt/keyrings",
            "/usr/share/keyrings",
            "/etc/apt/auth.conf",
            "/etc/apt/auth.conf.d");

    private final HostFiles files;

    AptInputs(HostFiles files) {
        this.files = files;
    }

    /** The same as long as none of the files changes, nor one in the directories among them. */
    String fingerprint() throws HostException {
        return describe(List.of(INSTALLED, SOURCES, POLICY));
    }

    /** The same as long as dpkg's own answers are. */
    String installed() throws HostException {
        return describe(List.of(INSTALLED));
    }

    /** The same as long as an update of the lists would read the same archives in the same way, and has not done so. */
    String sources() throws HostException {
        return describe(List.of(SOURCES, TRUST));
    }

    private String describe(List<List<String>> inputs) throws HostException {
        StringBuilder text = new StringBuilder();
        try {
            for (String input : inputs.stream().flatMap(List::stream).toList()) {
                Path file = files.resolve(input);
                describe(input, file, text);
                for (String name : Files.isDirectory(file) && !input.equals(INFO) ? names(file) : List.<String>of()) {
                    Path inside = files.resolve(input + "/" + name);
                    if (!Files.isDirectory(inside)) {
                        describe(name, inside, text);
                    }
                }
            }
            return text.toString();
        } catch (IOException e) {
            throw new HostException("apt's files cannot be looked at: " + e.getMessage(), e);
        }
    }

    private static void describe(String name, Path file, StringBuilder text) throws IOException {
        text.append(name);
        if (Files.exists(file)) {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            text.append(' ').append(found.lastModifiedTime()).append(' ').append(found.size());
        }
        text.append('\n');
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> in = Files.list(directory)) {
            return in.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    /** Empty when never or unknown. */
    Optional<Instant> listsReadAt() throws HostException {
        try {
            Instant newest = Instant.EPOCH;
            for (String list : List.of(LISTS, PARTIAL)) {
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
