package dev.drydock.agent.wordpress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.wordpress.Installed;
import dev.drydock.agent.host.wordpress.Item;
import dev.drydock.agent.host.wordpress.Release;
import dev.drydock.agent.host.wordpress.WordPressSite;
import dev.drydock.agent.host.wordpress.WpConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a double of the API on this machine, written from its documented answers; the real one was not reached by any test. */
class WordPressOrgSourceTest {
    private static final Job JOB = Job.quiet(Duration.ofSeconds(10));
    private static final WordPressSite SITE = new WordPressSite(
            "/s",
            "/s/c",
            new WpConfig("d", "u", "p", "h", "wp_", false, Optional.empty()),
            "6.4.4",
            List.of(
                    new Installed(Item.plugin("akismet"), "Akismet", "5.0", "akismet/akismet.php", true),
                    new Installed(Item.plugin("premium"), "Premium", "1.0", "premium/premium.php", true)));

    @TempDir
    private Path directory;

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer apiDouble;
    private String api;

    @BeforeEach
    void start() throws IOException {
        apiDouble = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        apiDouble.createContext("/", exchange -> {
            String answer = answers.get(exchange.getRequestURI().toString());
            byte[] body =
                    (answer == null ? "{\"error\":\"Plugin not found.\"}" : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        apiDouble.start();
        api = "http://localhost:" + apiDouble.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        apiDouble.stop(0);
    }

    @Test
    void offersOfTheCoreAndOfWhatItKnowsAreReleases() throws Exception {
        answers.put("/core/version-check/1.7/?version=6.4.4", """
                {"offers": [{"response": "upgrade", "download": "%1$s/wordpress-6.5.5.zip", "version": "6.5.5", "php_version": "7.0.0"},
                 {"response": "autoupdate", "download": "%1$s/wordpress-6.4.5.zip", "version": "6.4.5", "php_version": "7.0.0"}]}
                """.formatted(api));
        answers.put("/plugins/info/1.2/?action=plugin_information&request%5Bslug%5D=akismet", """
                {"slug": "akismet", "version": "5.3", "download_link": "%s/akismet.5.3.zip", "requires": "5.8", "requires_php": "5.6.20"}
                """.formatted(api));
        answers.put("/akismet.5.3.zip", "zip");
        answers.put("/core/checksums/1.0/?locale=en_US&version=6.4.5", """
                {"checksums": {"wp-load.php": "0123456789abcdef0123456789abcdef", "wp-content/plugins/hello.php": "x"}}
                """);
        WordPressOrgSource source = new WordPressOrgSource(URI.create(api));

        List<Release> releases = source.releases(SITE, JOB);

        assertThat(releases)
                .extracting(r -> r.item() + " " + r.version())
                .containsExactly("core 6.5.5", "core 6.4.5", "plugin akismet 5.3");
        assertThat(releases.getLast().requiresPhp()).isEqualTo("5.6.20");
        source.fetch(releases.getLast(), directory.resolve("a.zip"), JOB);
        assertThat(directory.resolve("a.zip")).hasContent("zip");
        assertThat(source.checksums(releases.get(1), JOB))
                .containsExactly(Map.entry("wp-load.php", "0123456789abcdef0123456789abcdef"));
    }

    @Test
    void anApiThatDoesNotAnswerRightIsAnErrorThatMayPass() {
        assertThatThrownBy(() -> new WordPressOrgSource(URI.create(api)).releases(SITE, JOB))
                .hasMessageContaining("answered 404");
    }
}
