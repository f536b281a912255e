package dev.drydock.agent.host.wordpress;

import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds sites: at and one level below the directories that nginx and Apache serve, and below {@code /var/www}. */
public final class SiteFinder {
    private static final List<String> CONFIGURATIONS = List.of(
            "/etc/nginx/nginx.conf",
            "/etc/nginx/sites-enabled",
            "/etc/nginx/conf.d",
            "/etc/apache2/sites-enabled",
            "/etc/httpd/conf",
            "/etc/httpd/conf.d",
            "/etc/apache2/vhosts.d");
    private static final Pattern ROOT =
            Pattern.compile("(?im)^\\s*(?:root|DocumentRoot)\\s+\"?(/[^\"\\s;$]*)\"?\\s*;?\\s*$");
    private static final List<String> USUAL = List.of("/var/www", "/var/www/html", "/srv/www", "/usr/share/nginx/html");
    private static final int MOST_BELOW = 200;

    private final HostFiles files;
    private final SiteReader reader;

    public SiteFinder(HostFiles files) {
        this.files = files;
        this.reader = new SiteReader(files);
    }

    /** The directories that the web servers serve, and those that they usually do; sorted. They need not exist. */
    public Set<String> roots() throws IOException {
        Set<String> roots = new TreeSet<>(USUAL);
        for (String configuration : CONFIGURATIONS) {
            for (Path file : list(configuration, true)) {
                if (Files.isRegularFile(file)) {
                    roots.addAll(roots(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)));
                }
            }
        }
        return roots;
    }

    /** Their paths, sorted; each site once, also where links lead to it. */
    public List<String> find() throws IOException {
        Set<String> sites = new TreeSet<>();
        for (String root : roots()) {
            addSite(root, sites);
            for (Path below : list(root, false)) {
                if (Files.isDirectory(below)) {
                    addSite(inside(below), sites);
                }
            }
        }
        return List.copyOf(sites);
    }

    static Set<String> roots(String configuration) {
        Set<String> roots = new TreeSet<>();
        Matcher m = ROOT.matcher(configuration);
        while (m.find()) {
            roots.add(m.group(1).replaceFirst("(?<=.)/+$", ""));
        }
        return roots;
    }

    private void addSite(String path, Set<String> sites) throws IOException {
        if (!path.equals("/") && reader.isSite(path)) {
            sites.add(inside(files.resolve(path)));
        }
    }

    private String inside(Path file) {
        return "/" + files.root().relativize(file);
    }

    private List<Path> list(String path, boolean orItself) throws IOException {
        Path directory = files.resolve(path);
        if (!Files.isDirectory(directory)) {
            return orItself ? List.of(directory) : List.of();
        }
        try (Stream<Path> below = Files.list(directory)) {
            return below.sorted().limit(MOST_BELOW).toList();
        }
    }
}
