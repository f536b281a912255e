package dev.drydock.agent.wordpress;

import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.wordpress.Installed;
import dev.drydock.agent.host.wordpress.Item;
import dev.drydock.agent.host.wordpress.Release;
import dev.drydock.agent.host.wordpress.UpdateSource;
import dev.drydock.agent.host.wordpress.WordPressSite;
import dev.drydock.playbooks.document.JsonReader;
import dev.drydock.playbooks.document.SyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * WordPress's own API: {@code core/version-check}, {@code plugins/info}, {@code themes/info} and {@code core/checksums}. It tells no
 * SHA-256, so what is fetched is trusted as far as TLS is, and for the core as far as its MD5 list.
 */
public final class WordPressOrgSource implements UpdateSource {
    public static final String API = "https://api.wordpress.org";

    private static final int MOST_ANSWER = 8 << 20;
    private static final long MOST_FILE = 512L << 20;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final URI api;

    public WordPressOrgSource(URI api) {
        this.api = api;
    }

    @Override
    public String describe() {
        return api.toString();
    }

    @Override
    public List<Release> releases(WordPressSite site, Job job) throws HostException, IOException {
        List<Release> releases = new ArrayList<>(core(site));
        for (Installed installed : site.installed()) {
            boolean plugin = installed.item().kind() == Item.Kind.PLUGIN;
            String path = (plugin
                            ? "/plugins/info/1.2/?action=plugin_information"
                            : "/themes/info/1.2/?action=theme_information")
                    + "&request%5Bslug%5D=" + encode(installed.item().slug());
            Map<?, ?> answer = json(path, true);
            // Plugins that are sold elsewhere, or our own, are not known there.
            if (answer.get("error") == null && !text(answer, "download_link").isEmpty()) {
                releases.add(new Release(
                        installed.item(),
                        text(answer, "version"),
                        text(answer, "download_link"),
                        "",
                        text(answer, "requires"),
                        text(answer, "requires_php"),
                        ""));
            }
        }
        return releases;
    }

    private List<Release> core(WordPressSite site) throws HostException, IOException {
        Map<?, ?> answer = json("/core/version-check/1.7/?version=" + encode(site.core()), false);
        List<Release> releases = new ArrayList<>();
        if (answer.get("offers") instanceof List<?> offers) {
            for (Object offer : offers) {
                if (offer instanceof Map<?, ?> map && !text(map, "download").isEmpty()) {
                    String version = text(map, "version");
                    releases.add(new Release(
                            Item.CORE,
                            version,
                            text(map, "download"),
                            "",
                            "",
                            text(map, "php_version"),
                            "/core/checksums/1.0/?locale=en_US&version=" + encode(version)));
                }
            }
        }
        return releases.stream().distinct().toList();
    }

    @Override
    public void fetch(Release release, Path file, Job job) throws HostException, IOException {
        HttpURLConnection connection = open(URI.create(release.location()));
        try (InputStream in = connection.getInputStream();
                var out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            long left = MOST_FILE;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                left -= n;
                if (left < 0 || !job.timeLeft().get().isPositive()) {
                    throw new HostException(
                            release.location() + " is larger than " + MOST_FILE + " bytes, or too slow");
                }
                out.write(buffer, 0, n);
            }
        } finally {
            connection.disconnect();
        }
        MirrorSource.requireSha256(release, file);
        FileKeeper.force(file);
    }

    @Override
    public Map<String, String> checksums(Release release, Job job) throws HostException, IOException {
        Map<String, String> checksums = new HashMap<>();
        if (!release.checksums().isEmpty()
                && json(release.checksums(), false).get("checksums") instanceof Map<?, ?> map) {
            map.forEach((path, md5) -> {
                // Bundled plugins and themes are not part of an update of the core.
                if (!String.valueOf(path).startsWith("wp-content/")) {
                    checksums.put(String.valueOf(path), String.valueOf(md5));
                }
            });
        }
        return checksums;
    }

    private Map<?, ?> json(String path, boolean mayBeUnknown) throws HostException, IOException {
        URI uri = URI.create(api + path);
        HttpURLConnection connection = open(uri);
        try {
            int status = connection.getResponseCode();
            if (status == 404 && mayBeUnknown) {
                return Map.of("error", "not found");
            }
            if (status != 200) {
                throw HostException.retryable(uri + " answered " + status);
            }
            byte[] bytes;
            try (InputStream in = connection.getInputStream()) {
                bytes = in.readNBytes(MOST_ANSWER);
            }
            Object answer = JsonReader.read(bytes, MOST_ANSWER).plain();
            return answer instanceof Map<?, ?> map ? map : Map.of("error", "unexpected");
        } catch (SyntaxException e) {
            throw new HostException(uri + ": " + e.problems().getFirst().message(), e);
        } finally {
            connection.disconnect();
        }
    }

    private static HttpURLConnection open(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestProperty("User-Agent", "drydock-agent");
        return connection;
    }

    private static String text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text ? text : "";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
