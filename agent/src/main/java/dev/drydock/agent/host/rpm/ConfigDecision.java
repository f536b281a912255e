package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Output;
import dev.drydock.agent.host.packages.ConfigFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes changed configuration files end as the playbook wants it. With rpm each package decides for itself ({@code
 * %config(noreplace)} or not) and nobody can overrule it, so what it decided is seen by the files that it put beside, and
 * turned round where it is not what is wanted.
 */
final class ConfigDecision {
    /** The package's, since the host's was left. */
    private static final String NEW = ".rpmnew";
    /** The host's, since the package's was taken. */
    private static final List<String> OLD = List.of(".rpmsave", ".rpmorig");

    static final List<String> BESIDES = List.of(NEW, ".rpmsave", ".rpmorig");

    private final HostFiles files;
    private final TreeSet<String> paths;
    private final Map<String, Object> before = new HashMap<>();

    private ConfigDecision(HostFiles files, Collection<String> paths) {
        this.files = files;
        this.paths = new TreeSet<>(paths);
    }

    /** Looks at what lies beside the files before the change. */
    static ConfigDecision before(HostFiles files, Collection<String> paths) throws HostException {
        ConfigDecision decision = new ConfigDecision(files, paths);
        try {
            for (String path : decision.paths) {
                for (String suffix : BESIDES) {
                    decision.key(path + suffix).ifPresent(key -> decision.before.put(path + suffix, key));
                }
            }
        } catch (IOException e) {
            throw new HostException("configuration files cannot be looked at: " + e.getMessage(), e);
        }
        return decision;
    }

    /** After the change: what it put beside files is exchanged with them where the other one is wanted. */
    void apply(ConfigFiles wanted, Output output) throws HostException {
        try {
            for (String path : paths) {
                if (wanted == ConfigFiles.KEEP) {
                    for (String suffix : OLD) {
                        if (isNew(path + suffix)) {
                            exchange(path, suffix, NEW);
                            output.line("Configuration file " + path + " stays as it was; the package's is beside it");
                        }
                    }
                } else if (isNew(path + NEW)) {
                    exchange(path, NEW, OLD.getFirst());
                    output.line("Configuration file " + path + " is the package's now; what it was is beside it");
                }
            }
        } catch (IOException e) {
            throw new HostException("a configuration file cannot be put in its place: " + e.getMessage(), e);
        }
    }

    /** There is a file in the place at every moment. */
    private void exchange(String path, String from, String to) throws IOException {
        Path file = files.resolveLink(path);
        Path beside = files.resolveLink(path + to);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(beside);
            Files.createLink(beside, file);
        }
        Files.move(
                files.resolveLink(path + from),
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        Path directory = file.getParent();
        if (directory != null) {
            FileKeeper.force(directory);
        }
    }

    private boolean isNew(String beside) throws IOException {
        Optional<Object> now = key(beside);
        return now.isPresent() && !now.get().equals(before.get(beside));
    }

    /** Another one for another file of the same name. */
    private Optional<Object> key(String path) throws IOException {
        Path file = files.resolveLink(path);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return Optional.of(seen.fileKey() + " " + seen.lastModifiedTime() + " " + seen.size());
    }
}
