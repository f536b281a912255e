package dev.drydock.agent.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.Packing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files into an archive and out of it again, by the tar and zstd of this machine. */
class FilesOfBackupTest {
    private static final Job JOB = Job.quiet(Duration.ofSeconds(60));

    @TempDir
    Path directory;

    private ManagedHost host;
    private Path site;
    private Path staging;
    private Path work;
    private List<Manifest.Archive> backedUp = List.of();

    @BeforeEach
    void makeSite() throws Exception {
        host = ManagedHost.open(Path.of("/"));
        site = Files.createDirectory(directory.resolve("site"));
        staging = Files.createDirectory(directory.resolve("staging"));
        work = Files.createDirectory(directory.resolve("work"));
        sh(
                "mkdir cache && echo body > index && echo x > \"$(printf 'a\\nb')\" && echo y > ' -rf' && echo z > \"$(printf 'l\\344')\""
                        + " && ln index hard && mkfifo pipe && ln -s 'no where' link && truncate -s 50M sparse && echo junk > cache/a.log && chmod 640 index");
    }

    @Test
    void whatWasArchivedIsRestoredAsItWas() throws Exception {
        List<Manifest.Archive> archives = backUp(List.of("*.log"));

        List<String> proven = trial(archives);

        // The site itself, cache, index, three odd names, hard, pipe, link, sparse.
        assertThat(proven).containsExactly("10 files and directories restored and compared");
        assertThat(Files.size(staging.resolve("files.tar.zst"))).isLessThan(100_000);
        assertThat(directory.resolve(".drydock-scratch-x")).doesNotExist();
    }

    @Test
    void whatIsLeftOutIsLeftOut() throws Exception {
        backUp(List.of("*.log", site + "/cache", "l*"));

        assertThat(listing()).contains("/index", "/hard").doesNotContain("junk", "/cache", "/link");
    }

    @Test
    void aDamagedArchiveIsNamed() throws Exception {
        List<Manifest.Archive> archives = backUp(List.of());
        Path archive = staging.resolve("files.tar.zst");
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length / 2] ^= 1;
        Files.write(archive, bytes);

        assertThatThrownBy(() -> new RestoreTrial(host, Packing.zstd()).requireWhole(archives, staging::resolve, JOB))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("files.tar.zst of the backup is damaged");
        assertThatThrownBy(() -> trial(archives)).isInstanceOf(HostException.class);
    }

    @Test
    void anArchiveOfOtherContentIsFound() throws Exception {
        List<Manifest.Archive> archives = backUp(List.of());
        sh("echo other > index && rm link && chmod 600 sparse && tar -cf - -C / \"${PWD#/}\" | zstd -q > " + staging
                + "/files.tar.zst");

        assertThatThrownBy(() -> trial(archives))
                .hasMessageContaining("what was restored is not what was backed up")
                .hasMessageContaining("/index has other content")
                .hasMessageContaining("/link is missing")
                .hasMessageContaining("/sparse has mode 600, expected 644");
    }

    @Test
    void anArchiveThatLostExtendedAttributesIsFound() throws Exception {
        attribute("index", "note", "kept");
        attribute("cache", "note", "kept too");
        assertThat(trial(backUp(List.of()))).isNotEmpty();
        assertThat(listing()).containsPattern("user\\.note=[0-9a-f]{16} steady [^ ]*/index\n");

        sh("tar -cf - -C / \"${PWD#/}\" | zstd -q -f -o " + staging + "/files.tar.zst");

        assertThatThrownBy(() -> trial(backedUp))
                .hasMessageContaining("/index has lost its extended attribute user.note")
                .hasMessageContaining("/cache has lost its extended attribute user.note");
    }

    private void attribute(String file, String name, String value) throws IOException {
        Files.getFileAttributeView(site.resolve(file), UserDefinedFileAttributeView.class)
                .write(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatChangesMeanwhileIsNotCompared() throws Exception {
        awaitPast(site);
        Path names = work.resolve("names");
        FileSelection selection = new FileSelection(List.of(site.toString()), List.of(), Set.of());
        selection.list(host.files(), names);
        Path list = work.resolve("list");
        var since = Files.getLastModifiedTime(names).toInstant();
        sh("echo more >> index && rm sparse");

        FileListing.Totals totals = FileListing.write(host.files(), names, since, list, JOB);

        // index, which is also hard, sparse, and the site in which it was.
        assertThat(totals.moving()).isEqualTo(4);
    }

    @Test
    void aRootThatIsNotThereIsSaid() {
        FileSelection selection = new FileSelection(List.of(site + "/no"), List.of(), Set.of());

        assertThatThrownBy(() -> selection.list(host.files(), work.resolve("names")))
                .isInstanceOf(IOException.class)
                .hasMessage(site + "/no is not there");
    }

    private List<Manifest.Archive> backUp(List<String> exclude) throws Exception {
        // What was made just now would count as changing.
        awaitPast(site);
        FileSelection selection = new FileSelection(List.of(site.toString()), exclude, Set.of());
        backedUp = new BackupMaker(host, Packing.zstd())
                .make(new BackupContents(Optional.of(selection), Optional.empty(), List.of()), staging, work, JOB);
        return backedUp;
    }

    private List<String> trial(List<Manifest.Archive> archives) throws Exception {
        return new RestoreTrial(host, Packing.zstd())
                .run(archives, staging::resolve, Scratch.in(directory.toString(), "x"), Optional.empty(), work, JOB);
    }

    private String listing() throws Exception {
        return JOB.require(host.commands(), Map.of(), List.of("zstd", "-dc", staging + "/files.list.zst"));
    }

    private void sh(String script) throws Exception {
        JOB.require(host.commands(), Map.of(), List.of("sh", "-c", "cd " + site + " && " + script));
    }

    /** Until the clock of files has moved on. */
    private static void awaitPast(Path site) throws IOException {
        Instant changed = ((FileTime) Files.getAttribute(site, "unix:ctime")).toInstant();
        Path beside = Objects.requireNonNull(site.getParent());
        Awaitility.await().until(() -> {
            Path probe = Files.createTempFile(beside, "probe", "");
            Instant now = Files.getLastModifiedTime(probe).toInstant();
            Files.delete(probe);
            return now.minusMillis(200).isAfter(changed);
        });
    }
}
