package dev.drydock.agent.wordpress;

import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.wordpress.Item;
import dev.drydock.agent.host.wordpress.Release;
import dev.drydock.agent.host.wordpress.UpdateSource;
import dev.drydock.agent.host.wordpress.WordPressSite;
import dev.drydock.playbooks.document.JsonReader;
import dev.drydock.playbooks.document.SyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A directory with zip files and an {@code index.json} that names each with version and SHA-256. What the index does not name is not
 * there.
 */
public final class MirrorSource implements UpdateSource {
    static final String INDEX = "index.json";

    private static final int MOST_INDEX = 16 << 20;
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*(/[A-Za-z0-9][A-Za-z0-9._+-]*)*");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern CHECKSUM = Pattern.compile("(?m)^([0-9a-f]{32}) [ *](?:\\./)?(.+)$");

    private final Path directory;
    private final String name;

    /** @param name for people */
    public MirrorSource(Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    @Override
    public String describe() {
        return name;
    }

    @Override
    public List<Release> releases(WordPressSite site, Job job) throws HostException, IOException {
        Path index = directory.resolve(INDEX);
        if (!Files.isRegularFile(index)) {
            throw new HostException(name + " has no " + INDEX + "; docs/actions.md says what it has in it");
        }
        if (Files.size(index) > MOST_INDEX) {
            throw new HostException(INDEX + " of " + name + " is larger than " + MOST_INDEX + " bytes");
        }
        return read(Files.readAllBytes(index));
    }

    private List<Release> read(byte[] json) throws HostException {
        Object root;
        try {
            root = JsonReader.read(json, MOST_INDEX).plain();
        } catch (SyntaxException e) {
            throw new HostException(
                    INDEX + " of " + name + ": " + e.problems().getFirst().message(), e);
        }
        if (!(root instanceof Map<?, ?> map) || !(map.get("releases") instanceof List<?> list)) {
            throw new HostException(INDEX + " of " + name + " has no list 'releases'");
        }
        List<Release> releases = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String at = "releases[" + i + "]";
            if (list.get(i) instanceof Map<?, ?> entry) {
                release(entry, at, problems, releases);
            } else {
                problems.add(at + " is no object");
            }
        }
        if (!problems.isEmpty()) {
            throw new HostException(INDEX + " of " + name + ": " + String.join("; ", problems));
        }
        return releases;
    }

    private static void release(Map<?, ?> entry, String at, List<String> problems, List<Release> into) {
        int before = problems.size();
        String kind = text(entry, "kind");
        String slug = kind.equals("core") ? Item.CORE.slug() : text(entry, "slug");
        if (!kind.matches("core|plugin|theme")) {
            problems.add(at + ".kind is '" + kind + "', expected core, plugin or theme");
        }
        require(SLUG, slug, at + ".slug", "the name of a directory", problems);
        require(SLUG, text(entry, "version"), at + ".version", "a version", problems);
        require(FILE, text(entry, "file"), at + ".file", "a relative path without ..", problems);
        require(SHA256, text(entry, "sha256"), at + ".sha256", "64 hexadecimal digits", problems);
        if (!text(entry, "checksums").isEmpty()) {
            require(FILE, text(entry, "checksums"), at + ".checksums", "a relative path without ..", problems);
        }
        if (problems.size() == before) {
            into.add(new Release(
                    new Item(Item.Kind.of(kind), slug),
                    text(entry, "version"),
                    text(entry, "file"),
                    text(entry, "sha256"),
                    text(entry, "requires"),
                    text(entry, "requiresPhp"),
                    text(entry, "checksums")));
        }
    }

    private static void require(Pattern pattern, String value, String at, String expected, List<String> problems) {
        if (!pattern.matcher(value).matches() || value.contains("..")) {
            problems.add(at + " is '" + value + "', expected " + expected);
        }
    }

    private static String text(Map<?, ?> entry, String key) {
        return entry.get(key) instanceof String text ? text : "";
    }

    @Override
    public void fetch(Release release, Path file, Job job) throws HostException, IOException {
        Path zip = directory.resolve(release.location());
        if (!Files.isRegularFile(zip)) {
            throw new HostException(name + " has no file " + release.location() + ", which its index names");
        }
        Files.copy(zip, file);
        requireSha256(release, file);
        FileKeeper.force(file);
    }

    static void requireSha256(Release release, Path file) throws HostException, IOException {
        String found = FileKeeper.sha256(file);
        if (!release.sha256().isEmpty() && !found.equals(release.sha256())) {
            throw new HostException("the file of " + release.item() + " " + release.version() + " has SHA-256 " + found
                    + ", expected " + release.sha256());
        }
    }

    @Override
    public Map<String, String> checksums(Release release, Job job) throws HostException, IOException {
        Map<String, String> checksums = new HashMap<>();
        if (!release.checksums().isEmpty()) {
            Matcher m = CHECKSUM.matcher(Files.readString(directory.resolve(release.checksums())));
            while (m.find()) {
                checksums.put(m.group(2), m.group(1));
            }
        }
        return checksums;
    }
}
