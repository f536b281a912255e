package dev.drydock.agent.wordpress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.Digests;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.wordpress.Item;
import dev.drydock.agent.host.wordpress.Release;
import dev.drydock.agent.host.wordpress.WordPressSite;
import dev.drydock.agent.host.wordpress.WpConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorSourceTest {
    private static final Job JOB = Job.quiet(Duration.ofSeconds(5));
    private static final WordPressSite SITE = new WordPressSite(
            "/s", "/s/c", new WpConfig("d", "u", "p", "h", "wp_", false, Optional.empty()), "6.4", List.of());

    @TempDir
    private Path directory;

    @Test
    void whatTheIndexNamesCanBeFetchedAndIsProven() throws Exception {
        Files.writeString(directory.resolve("a.zip"), "zip");
        index("{\"kind\": \"plugin\", \"slug\": \"a\", \"version\": \"2.0\", \"file\": \"a.zip\", \"sha256\": \""
                + Digests.sha256("zip") + "\"}");
        MirrorSource mirror = new MirrorSource(directory, "mirror");
        Release release = mirror.releases(SITE, JOB).getFirst();
        assertThat(release.item()).isEqualTo(Item.plugin("a"));
        mirror.fetch(release, directory.resolve("fetched"), JOB);
        assertThat(directory.resolve("fetched")).hasContent("zip");

        Files.writeString(directory.resolve("a.zip"), "other");
        assertThatThrownBy(() -> mirror.fetch(release, directory.resolve("again"), JOB))
                .hasMessageContaining("expected " + Digests.sha256("zip"));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() throws Exception {
        index("{\"kind\": \"module\", \"slug\": \"a/b\", \"version\": \"\", \"file\": \"../x\", \"sha256\": \"1\"}, 7");
        assertThatThrownBy(() -> new MirrorSource(directory, "mirror").releases(SITE, JOB))
                .hasMessageContaining("releases[0].kind is 'module'")
                .hasMessageContaining("releases[0].slug is 'a/b'")
                .hasMessageContaining("releases[0].version is ''")
                .hasMessageContaining("releases[0].file is '../x'")
                .hasMessageContaining("releases[0].sha256 is '1'")
                .hasMessageContaining("releases[1] is no object");
    }

    @Test
    void aMirrorWithoutAnIndexIsNone() {
        assertThatThrownBy(() -> new MirrorSource(directory, "mirror /x").releases(SITE, JOB))
                .hasMessageContaining("mirror /x has no index.json");
    }

    private void index(String releases) throws Exception {
        Files.writeString(directory.resolve("index.json"), "{\"releases\": [" + releases + "]}");
    }
}
