package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Check.Finding;
import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.Output;
import dev.drydock.agent.host.wordpress.Artifacts;
import dev.drydock.agent.testing.Unexpected;
import dev.drydock.agent.wordpress.SiteLog;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordPressReviewsTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Struct NO_BASELINE = Struct.getDefaultInstance();

    @TempDir
    Path root;

    @TempDir
    Path work;

    @TempDir
    Path data;

    private SiteLog log;
    private String admins = "admin\n";
    private String network = "";

    @BeforeEach
    void aSite() throws Exception {
        log = new SiteLog(data);
        write("srv/site/wp-includes/version.php", "<?php\n$wp_version = '6.4.5';\n");
        write("srv/site/wp-admin/index.php", "<?php // admin");
        write("srv/site/index.php", "<?php // index");
        write("srv/site/wp-content/uploads/anything.php", "<?php");
        write("srv/site/wp-config.php", """
                <?php
                define('DB_NAME', 'shop'); define('DB_USER', 'u'); define('DB_PASSWORD', 'p');
                $table_prefix = 'wp_';
                """);
    }

    @Test
    void aCoreAsItWasPublishedHolds() throws Exception {
        mirror();
        Finding finding = integrity(Map.of());

        assertThat(finding).isEqualTo(Finding.holds("3 files of WordPress 6.4.5, 0 findings"));
        assertThat(work).isEmptyDirectory();
        assertThat(log.find("/srv/site").compared()).contains(NOW);
    }

    @Test
    void whatIsChangedMissingOrAddedIsTold() throws Exception {
        mirror();
        write("srv/site/index.php", "<?php // index, and more");
        write("srv/site/wp-includes/shell.php", "<?php");
        write("srv/site/dropped.php", "<?php");
        Files.delete(root.resolve("srv/site/wp-admin/index.php"));

        assertThat(integrity(Map.of()).reason())
                .isEqualTo("added: dropped.php; added: wp-includes/shell.php; changed: index.php;"
                        + " missing: wp-admin/index.php");
        assertThat(log.find("/srv/site").findings())
                .containsExactly(
                        "added: dropped.php",
                        "changed: index.php",
                        "missing: wp-admin/index.php",
                        "added: wp-includes/shell.php");
        assertThat(integrity(Map.of("ignore", List.of("dropped.*", "index.php", "wp-*/**")))
                        .holds())
                .isTrue();
    }

    @Test
    void theMirrorsOwnChecksumsComeFirst() throws Exception {
        mirror();
        write("srv/mirror/core.md5", "00000000000000000000000000000000  index.php\n");
        String index = Files.readString(root.resolve("srv/mirror/index.json"));
        write("srv/mirror/index.json", index.replace("\"kind\"", "\"checksums\": \"core.md5\", \"kind\""));

        assertThat(integrity(Map.of()).reason()).contains("changed: index.php", "added: wp-includes/version.php");
    }

    @Test
    void aVersionThatNobodyKnowsDoesNotHold() throws Exception {
        mirror();
        write("srv/site/wp-includes/version.php", "<?php\n$wp_version = '6.4.6';\n");

        assertThat(integrity(Map.of()).reason()).isEqualTo("no checksums of WordPress 6.4.6 are known to /srv/mirror");
    }

    @Test
    void administratorsBeyondThoseAllowed() throws Exception {
        admins = "admin\neve smith\n";

        assertThat(admins(Map.of("allowed", "admin")).reason()).isEqualTo("administrator of /srv/site: eve smith");
        assertThat(admins(Map.of("allowed", List.of("admin", "eve smith"))).holds())
                .isTrue();
    }

    @Test
    void whoCameLaterStaysUnknownUntilNamed() throws Exception {
        assertThat(admins(Map.of()).measured()).isEqualTo("1 administrators, 0 findings");
        admins = "admin\neve\n";

        assertThat(admins(Map.of()).reason()).isEqualTo("administrator of /srv/site: eve");
        assertThat(admins(Map.of()).holds()).as("seen once more").isFalse();
        assertThat(admins(Map.of("allowed", List.of("admin", "eve"))).holds()).isTrue();
        assertThat(admins(Map.of()).holds()).as("named once").isTrue();
    }

    @Test
    void thoseOfTheNetworkCount() throws Exception {
        write("srv/site/wp-config.php", """
                <?php
                define('DB_NAME', 'shop'); define('DB_USER', 'u'); define('DB_PASSWORD', 'p');
                define('MULTISITE', true);
                $table_prefix = 'wp_';
                """);
        network = "a:2:{i:0;s:5:\"admin\";i:1;s:3:\"eve\";}\n";

        assertThat(admins(Map.of("allowed", "admin")).reason()).isEqualTo("administrator of /srv/site: eve");
    }

    private Finding admins(Map<String, Object> more) throws Exception {
        return judge(new WordPressAdmins(host(), log), more);
    }

    private Finding integrity(Map<String, Object> more) throws Exception {
        Map<String, Object> args = new java.util.HashMap<>(Map.of("source", Map.of("mirror", "/srv/mirror")));
        args.putAll(more);
        return judge(new WordPressIntegrity(host(), Artifacts.NONE, log, () -> NOW), args);
    }

    private Finding judge(Check check, Map<String, Object> more) throws Exception {
        Map<String, Object> args = new java.util.HashMap<>(Map.of("path", "/srv/site"));
        args.putAll(more);
        StepContext step = new TestStep(work).with(args);
        return check.judge(step, NO_BASELINE, check.observe(step));
    }

    /** With the files as they are now. */
    private void mirror() throws Exception {
        Path zip = root.resolve("srv/mirror/wordpress-6.4.5.zip");
        Files.createDirectories(zip.getParent());
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream zipped = new ZipOutputStream(out)) {
            for (String name : List.of("wp-includes/version.php", "wp-admin/index.php", "index.php")) {
                zipped.putNextEntry(new ZipEntry("wordpress/" + name));
                zipped.write(Files.readAllBytes(root.resolve("srv/site").resolve(name)));
            }
        }
        write("srv/mirror/index.json", """
                {"releases": [{"kind": "core", "version": "6.4.5", "file": "wordpress-6.4.5.zip", "sha256": "%s"}]}
                """.formatted(FileKeeper.sha256(zip)));
    }

    private void write(String path, String text) throws Exception {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ManagedHost host() {
        return new ManagedHost(new HostFiles(root), new Database(), new FakeServices(), Optional.empty());
    }

    /** The database's client, which knows two questions. */
    private final class Database implements Commands {
        @Override
        public Result run(Command command, Output output) {
            assertThat(command.argv()).doesNotContain("p");
            String sql = command.argv().get(command.argv().indexOf("--execute") + 1);
            if (sql.contains("sitemeta")) {
                return new Result(0, false, network, "");
            }
            if (sql.contains("administrator")) {
                return new Result(0, false, admins, "");
            }
            throw Unexpected.call();
        }

        @Override
        public void requireProgram(String program) {
            assertThat(program).isEqualTo("mariadb");
        }
    }
}
