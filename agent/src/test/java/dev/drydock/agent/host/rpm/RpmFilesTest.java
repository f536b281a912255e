package dev.drydock.agent.host.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.LocalCommands;
import dev.drydock.agent.host.Output;
import dev.drydock.agent.host.packages.ConfigFiles;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is decided by files alone, without any program. */
class RpmFilesTest {
    private static final Output NOWHERE = (bytes, offset, length) -> {};
    private static final String CONF = "/etc/a.conf";

    @TempDir
    Path root;

    private HostFiles files;
    private Path conf;

    @BeforeEach
    void makeRoot() throws Exception {
        root = root.toRealPath();
        files = new HostFiles(root);
        Files.createDirectories(root.resolve("var/lib"));
        conf = Files.createDirectories(root.resolve("etc")).resolve("a.conf");
        Files.writeString(conf, "mine");
    }

    @Test
    void whatAPackageTookIsTurnedRoundWhereTheHostsIsToStay() throws Exception {
        ConfigDecision decision = ConfigDecision.before(files, List.of(CONF));
        Files.writeString(beside(".rpmsave"), "mine");
        Files.writeString(conf, "theirs");
        decision.apply(ConfigFiles.KEEP, NOWHERE);
        assertThat(conf).hasContent("mine");
        assertThat(beside(".rpmnew")).hasContent("theirs");
        assertThat(beside(".rpmsave")).doesNotExist();
    }

    @Test
    void whatAPackageLeftIsTurnedRoundWhereThePackagesIsWanted() throws Exception {
        ConfigDecision decision = ConfigDecision.before(files, List.of(CONF));
        Files.writeString(beside(".rpmnew"), "theirs");
        decision.apply(ConfigFiles.REPLACE, NOWHERE);
        assertThat(conf).hasContent("theirs");
        assertThat(beside(".rpmsave")).hasContent("mine");
        assertThat(beside(".rpmnew")).doesNotExist();
    }

    @Test
    void whatLayBesideBeforeTheChangeSaysNothingAboutIt() throws Exception {
        Files.writeString(beside(".rpmsave"), "of last year");
        Files.writeString(beside(".rpmnew"), "of last year");
        for (ConfigFiles wanted : ConfigFiles.values()) {
            ConfigDecision.before(files, List.of(CONF)).apply(wanted, NOWHERE);
            assertThat(conf).hasContent("mine");
        }
    }

    @Test
    void aChangeThatBeganIsUnfinishedUntilItEnds() throws Exception {
        Unfinished unfinished = new Unfinished(files);
        List<PackageChange> changes = List.of(
                new PackageChange(new PackageId("a", "noarch"), "1.0-1", "2.0-1", false, ""),
                new PackageChange(new PackageId("b", "noarch"), "", "2.0-1", false, ""));
        assertThat(unfinished.complaints()).isEmpty();
        assertThat(unfinished.isOf(changes)).isFalse();
        unfinished.begin(changes, List.of("/usr/share/b"));
        assertThat(unfinished.isOf(changes)).isTrue();
        assertThat(unfinished.isOf(changes.subList(0, 1))).isFalse();
        assertThat(unfinished.absent()).containsExactly("/usr/share/b");
        assertThat(unfinished.complaints()).singleElement().asString().contains("2 packages", "a:noarch 1.0-1 → 2.0-1");
        unfinished.end();
        assertThat(unfinished.complaints()).isEmpty();
        unfinished.end();
    }

    @Test
    void readersOfTheDatabaseDoNotChangeItsFingerprint() throws Exception {
        Path database = Files.createDirectories(root.resolve("var/lib/rpm"));
        Files.writeString(database.resolve("rpmdb.sqlite"), "one");
        RpmInputs inputs = new RpmInputs(files, new Dnf(new LocalCommands(files), files));
        String before = inputs.fingerprint();
        Files.writeString(database.resolve("rpmdb.sqlite-shm"), "reader");
        Files.writeString(database.resolve("rpmdb.sqlite-wal"), "");
        assertThat(inputs.fingerprint()).isEqualTo(before);
        Files.writeString(database.resolve("rpmdb.sqlite"), "one and more");
        assertThat(inputs.fingerprint()).isNotEqualTo(before);
    }

    @Test
    void aRepositoryThatHadNothingNewDoesNotChangeTheFingerprint() throws Exception {
        Path index = Files.createDirectories(root.resolve("var/cache/dnf/lab-0123/repodata"))
                .resolve("repomd.xml");
        Files.writeString(index, "<revision>1</revision>");
        RpmInputs inputs = new RpmInputs(files, new Dnf(new LocalCommands(files), files));
        String before = inputs.fingerprint();
        Instant asked = Instant.parse("2026-11-30T06:00:00Z");
        Files.setLastModifiedTime(index, FileTime.from(asked));
        assertThat(inputs.fingerprint()).isEqualTo(before);
        assertThat(inputs.listsReadAt()).isPresent();
        Files.writeString(index, "<revision>2</revision>");
        Files.setLastModifiedTime(index, FileTime.from(asked));
        assertThat(inputs.fingerprint()).isNotEqualTo(before);
    }

    @Test
    void listsAreReadWhenTheNewestWas() throws Exception {
        RpmInputs inputs = new RpmInputs(files, new Dnf(new LocalCommands(files), files));
        assertThat(inputs.listsReadAt()).isEmpty();
        Path repository = Files.createDirectories(root.resolve("var/cache/dnf/lab-0123/repodata"));
        Files.writeString(repository.resolve("repomd.xml"), "x");
        assertThat(inputs.listsReadAt()).isPresent();
    }

    private Path beside(String suffix) {
        return conf.resolveSibling("a.conf" + suffix);
    }
}
