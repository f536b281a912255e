package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which archives apt reads, by its own word, where all of them can be asked without it. Reads files; asks nobody. */
final class AptSources {
    private static final String LISTS = "/var/lib/apt/lists/";
    /** As {@code --print-uris update} names an archive first, whichever of its two kinds of Release file it has. */
    private static final Pattern RELEASE = Pattern.compile("'([^']+/)InRelease' (\\S+_)InRelease .*");
    /** What stands between apt and an archive, by {@code apt-config dump}: a proxy, or trust and keys of TLS. */
    private static final Pattern BETWEEN = Pattern.compile("(?i)Acquire::(\\S*proxy\\S*|https::\\S+) \"[^\"]+\";");

    private static final List<String> PASSWORDS = List.of("/etc/apt/auth.conf", "/etc/apt/auth.conf.d");

    private final HostFiles files;

    AptSources(HostFiles files) {
        this.files = files;
    }

    /**
     * @param uris printed by {@code apt-get --print-uris update}
     * @param settings printed by {@code apt-config dump}
     * @return empty where one of them can only be asked by apt
     */
    Optional<List<Archive>> archives(String uris, String settings) throws IOException {
        boolean direct =
                settings.lines().noneMatch(line -> BETWEEN.matcher(line).matches()) && !passwords();
        List<Archive> archives = new ArrayList<>();
        for (String line : uris.lines().map(String::strip).toList()) {
            Matcher release = RELEASE.matcher(line);
            if (release.matches()) {
                Optional<Archive> archive = archive(release.group(1), release.group(2), direct);
                if (archive.isEmpty()) {
                    return Optional.empty();
                }
                archives.add(archive.get());
            }
        }
        return archives.isEmpty() ? Optional.empty() : Optional.of(archives);
    }

    private Optional<Archive> archive(String base, String list, boolean direct) throws IOException {
        for (String kind : List.of("InRelease", "Release")) {
            Path kept = files.resolve(LISTS + list + kind);
            if (Files.isRegularFile(kept)) {
                return archive(base + kind, kept, direct);
            }
        }
        return Optional.empty();
    }

    private Optional<Archive> archive(String release, Path list, boolean direct) throws IOException {
        try {
            URI uri = new URI(release);
            return switch (String.valueOf(uri.getScheme())) {
                case "file" -> Optional.of(new Archive.OnDisk(files.resolve(uri.getPath()), list));
                case "http", "https" ->
                    direct && uri.getHost() != null && uri.getUserInfo() == null
                            ? Optional.of(new Archive.OnServer(uri, list))
                            : Optional.empty();
                default -> Optional.empty();
            };
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private boolean passwords() throws IOException {
        for (String file : PASSWORDS) {
            Path path = files.resolve(file);
            if (Files.isDirectory(path)) {
                try (var in = Files.list(path)) {
                    if (in.findAny().isPresent()) {
                        return true;
                    }
                }
            } else if (Files.exists(path)) {
                return true;
            }
        }
        return false;
    }
}
