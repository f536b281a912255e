package dev.drydock.agent.host.wordpress;

import dev.drydock.agent.host.Digests;
import dev.drydock.agent.host.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compares a site's core with the checksums of its version: what is changed, missing, or more than there should be. What is below
 * {@code wp-content} is the site's own.
 */
public final class CoreFiles {
    private static final List<String> DIRECTORIES = List.of("wp-admin", "wp-includes");
    private static final String CONTENT = "wp-content/";
    /** The site's own, and what people remove since nothing needs it. */
    private static final Set<String> OWN = Set.of("wp-config.php");

    private static final Set<String> MAY_BE_MISSING =
            Set.of("readme.html", "license.txt", "wp-config-sample.php", "wp-admin/install.php");
    private static final int MOST_FILES = 50_000;

    private CoreFiles() {}

    /**
     * @param core where it is
     * @param checksums MD5 of each file by its path
     * @return a line each, sorted by path
     */
    public static List<String> compare(Path core, Map<String, String> checksums) throws HostException, IOException {
        Map<String, String> findings = new TreeMap<>();
        for (Map.Entry<String, String> entry : checksums.entrySet()) {
            String path = entry.getKey();
            Path file = core.resolve(path).normalize();
            if (!file.startsWith(core)) {
                throw new HostException("a checksum is for '" + path + "', which leads out of the site");
            }
            if (path.startsWith(CONTENT) || OWN.contains(path)) {
                continue;
            }
            if (!Files.isRegularFile(file)) {
                if (!MAY_BE_MISSING.contains(path)) {
                    findings.put(path, "missing: " + path);
                }
            } else if (!Digests.md5(file).equalsIgnoreCase(entry.getValue())) {
                findings.put(path, "changed: " + path);
            }
        }
        for (String path : present(core)) {
            if (!checksums.containsKey(path) && !OWN.contains(path)) {
                findings.put(path, "added: " + path);
            }
        }
        return List.copyOf(findings.values());
    }

    /** MD5 of the files of a core that was just unpacked. */
    public static Map<String, String> checksums(Path fresh) throws IOException {
        Map<String, String> checksums = new TreeMap<>();
        try (Stream<Path> files = Files.walk(fresh)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = fresh.relativize(file).toString();
                if (!path.startsWith(CONTENT)) {
                    checksums.put(path, Digests.md5(file));
                }
            }
        }
        return checksums;
    }

    /** All in the core's own directories, and what PHP would run in the root. Links are told, not followed. */
    private static List<String> present(Path core) throws HostException, IOException {
        List<String> paths = new ArrayList<>();
        for (String directory : DIRECTORIES) {
            if (Files.isDirectory(core.resolve(directory))) {
                try (Stream<Path> files = Files.walk(core.resolve(directory))) {
                    files.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                            .limit(MOST_FILES + 1L)
                            .forEach(path -> paths.add(core.relativize(path).toString()));
                }
            }
        }
        if (paths.size() > MOST_FILES) {
            throw new HostException("there are more than " + MOST_FILES + " files in the core at " + core);
        }
        try (Stream<Path> root = Files.list(core)) {
            root.filter(path -> path.toString().endsWith(".php"))
                    .forEach(path -> paths.add(String.valueOf(path.getFileName())));
        }
        return paths;
    }
}
