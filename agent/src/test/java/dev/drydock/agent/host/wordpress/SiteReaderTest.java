package dev.drydock.agent.host.wordpress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteReaderTest {
    @TempDir
    private Path root;

    private SiteReader reader;

    @BeforeEach
    void site() throws IOException {
        reader = new SiteReader(new HostFiles(root.toRealPath()));
        write("/srv/shop/wp-includes/version.php", "<?php\n$wp_version = '6.4.5';\n");
        write("/srv/shop/wp-settings.php", "<?php");
        write("/srv/shop/wp-config.php", """
                <?php
                define('DB_NAME', 'shop'); define('DB_USER', 'u'); define('DB_PASSWORD', 'p');
                $table_prefix = 'wp_';
                """);
        write(
                "/srv/shop/wp-content/plugins/akismet/akismet.php",
                "<?php\n/**\n * Plugin Name: Akismet\n * Version: 5.3 */\n");
        write("/srv/shop/wp-content/plugins/akismet/a-class.php", "<?php class A {}");
        write("/srv/shop/wp-content/plugins/hello.php", "<?php\n/*\nPlugin Name: Hello\r\nVersion: 1.7\r\n*/");
        write("/srv/shop/wp-content/plugins/index.php", "<?php // Silence is golden.");
        write("/srv/shop/wp-content/themes/twenty/style.css", "/*\nTheme Name: Twenty\nVersion: 1.4\n*/");
        write("/etc/nginx/sites-enabled/shop", "server {\n  root /srv/shop;\n  # root /elsewhere;\n}\n");
    }

    @Test
    void coreAndItemsComeFromTheFiles() throws IOException {
        WordPressSite site = reader.read("/srv/shop");
        assertThat(site.core()).isEqualTo("6.4.5");
        assertThat(site.installed())
                .containsExactly(
                        new Installed(Item.plugin("akismet"), "Akismet", "5.3", "akismet/akismet.php", true),
                        new Installed(Item.plugin("hello"), "Hello", "1.7", "hello.php", false),
                        new Installed(Item.theme("twenty"), "Twenty", "1.4", "twenty", true));
        assertThat(site.directory(Item.plugin("akismet"))).isEqualTo("/srv/shop/wp-content/plugins/akismet");
    }

    @Test
    void aConfigurationAboveTheSiteIsFound() throws IOException {
        Files.move(root.resolve("srv/shop/wp-config.php"), root.resolve("srv/wp-config.php"));
        assertThat(reader.read("/srv/shop").config().database()).isEqualTo("shop");
        write("/srv/wp-settings.php", "another site");
        assertThatThrownBy(() -> reader.read("/srv/shop")).hasMessageContaining("has no wp-config.php");
    }

    @Test
    void sitesAreFoundWhereWebServersServeThem() throws IOException {
        assertThat(new SiteFinder(new HostFiles(root.toRealPath())).find()).containsExactly("/srv/shop");
    }

    @Test
    void rootsOfNginxAndApache() {
        assertThat(SiteFinder.roots(
                        "root /a/b/;\n  root /c;\nDocumentRoot \"/d\"\nDocumentRoot /e\n# root /f;\nroot $x;"))
                .containsExactly("/a/b", "/c", "/d", "/e");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
