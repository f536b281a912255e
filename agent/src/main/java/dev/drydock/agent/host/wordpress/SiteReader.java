package dev.drydock.agent.host.wordpress;

import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a site from its files. Runs nothing of it. */
public final class SiteReader {
    private static final Pattern CORE_VERSION = Pattern.compile("(?m)^\\s*\\$wp_version\\s*=\\s*'([^']+)'");

    private final HostFiles files;

    public SiteReader(HostFiles files) {
        this.files = files;
    }

    /** Whether WordPress's core is there, also without a configuration. */
    public boolean isSite(String path) throws IOException {
        return files.exists(path + "/wp-includes/version.php")
                && configFile(path).isPresent();
    }

    /** What its configuration tells, without looking at its files, which may be changing. */
    public WordPressSite configured(String path) throws IOException {
        WpConfig read = config(path);
        return new WordPressSite(path, read.contentDir().orElse(path + "/wp-content"), read, "", List.of());
    }

    private WpConfig config(String path) throws IOException {
        String config = configFile(path)
                .orElseThrow(() -> new IOException("WordPress at " + path + " has no wp-config.php: it is not set up"));
        return WpConfigReader.read(config, files.read(config).orElse(""));
    }

    /** @throws IOException when there is no WordPress, or its configuration cannot be understood */
    public WordPressSite read(String path) throws IOException {
        String core = coreVersion(files.resolve(path)).orElseThrow(() -> new IOException("no WordPress at " + path));
        WordPressSite bare = configured(path);
        List<Installed> installed = new ArrayList<>(plugins(files.resolve(bare.content() + "/plugins")));
        installed.addAll(themes(files.resolve(bare.content() + "/themes")));
        return new WordPressSite(path, bare.content(), bare.config(), core, installed);
    }

    /** As WordPress looks for it: in the site, or above it where no other site is. */
    private Optional<String> configFile(String path) throws IOException {
        if (files.exists(path + "/wp-config.php")) {
            return Optional.of(path + "/wp-config.php");
        }
        String above = path.substring(0, path.lastIndexOf('/'));
        boolean there = files.exists(above + "/wp-config.php") && !files.exists(above + "/wp-settings.php");
        return there ? Optional.of(above + "/wp-config.php") : Optional.empty();
    }

    /** Of a core's tree, installed or just unpacked. */
    static Optional<String> coreVersion(Path core) throws IOException {
        Path file = core.resolve("wp-includes/version.php");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Matcher m = CORE_VERSION.matcher(Files.readString(file));
        return m.find() ? Optional.of(m.group(1)) : Optional.empty();
    }

    /** Of a plugin's or theme's tree, installed or just unpacked. */
    public static Optional<String> version(Item.Kind kind, Path directory) throws IOException {
        if (kind == Item.Kind.CORE) {
            return coreVersion(directory);
        }
        Optional<Path> main = kind == Item.Kind.PLUGIN ? mainFile(directory) : styleSheet(directory);
        return main.isPresent() ? Optional.of(PhpHeaders.read(main.get()).get("Version")) : Optional.empty();
    }

    private static List<Installed> plugins(Path directory) throws IOException {
        List<Installed> plugins = new ArrayList<>();
        for (Path entry : entries(directory)) {
            Optional<Path> main = Files.isDirectory(entry)
                    ? mainFile(entry)
                    : Optional.of(entry).filter(SiteReader::isPlugin);
            if (main.isPresent()) {
                PhpHeaders headers = PhpHeaders.read(main.get());
                boolean alone = !Files.isDirectory(entry);
                String name = String.valueOf(entry.getFileName());
                plugins.add(new Installed(
                        Item.plugin(alone ? name.replaceFirst("\\.php$", "") : name),
                        headers.get("Plugin Name"),
                        headers.get("Version"),
                        alone ? name : name + "/" + main.get().getFileName(),
                        !alone && !Files.isSymbolicLink(entry)));
            }
        }
        return plugins;
    }

    private static List<Installed> themes(Path directory) throws IOException {
        List<Installed> themes = new ArrayList<>();
        for (Path entry : entries(directory)) {
            Optional<Path> style = styleSheet(entry);
            if (style.isPresent()) {
                PhpHeaders headers = PhpHeaders.read(style.get());
                String name = String.valueOf(entry.getFileName());
                themes.add(new Installed(
                        Item.theme(name),
                        headers.get("Theme Name"),
                        headers.get("Version"),
                        name,
                        !Files.isSymbolicLink(entry)));
            }
        }
        return themes;
    }

    private static Optional<Path> styleSheet(Path theme) throws IOException {
        Path style = theme.resolve("style.css");
        return Files.isRegularFile(style)
                        && !PhpHeaders.read(style).get("Theme Name").isEmpty()
                ? Optional.of(style)
                : Optional.empty();
    }

    private static Optional<Path> mainFile(Path plugin) throws IOException {
        return entries(plugin).stream().filter(SiteReader::isPlugin).findFirst();
    }

    private static boolean isPlugin(Path file) {
        try {
            return file.toString().endsWith(".php")
                    && Files.isRegularFile(file)
                    && !PhpHeaders.read(file).get("Plugin Name").isEmpty();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static List<Path> entries(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(path -> !String.valueOf(path.getFileName()).startsWith("."))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }
}
