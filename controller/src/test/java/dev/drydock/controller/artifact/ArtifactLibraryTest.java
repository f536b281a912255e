package dev.drydock.controller.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.security.Sha256;
import dev.drydock.controller.store.SqlArtifacts;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.TestStores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArtifactLibraryTest {
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final byte[] CONTENT = "a mirror of updates".getBytes(StandardCharsets.UTF_8);
    private static final String HEX = HexFormat.of().formatHex(Sha256.of(CONTENT));
    private static final String DIGEST = "sha256:" + HEX;

    @TempDir
    Path directory;

    private SqlStore store;
    private ArtifactFiles files;
    private ArtifactLibrary library;

    @BeforeEach
    void open() throws IOException {
        store = TestStores.open(directory.resolve("drydock.db"));
        start();
    }

    private void start() throws IOException {
        files = new ArtifactFiles(directory.resolve("artifacts"), 1000);
        library = new ArtifactLibrary(new SqlArtifacts(store), files, () -> NOW);
        library.open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Artifact push(byte[] content, String digest, long size) throws Exception {
        try (ArtifactLibrary.Push push = library.push(digest, "mirror.zip", size)) {
            push.write(ByteBuffer.wrap(content, 0, 5));
            push.write(ByteBuffer.wrap(content, 5, content.length - 5));
            return push.keep();
        }
    }

    @Test
    void keepsWhatWasPushedByItsDigest() throws Exception {
        Artifact artifact = push(CONTENT, DIGEST, CONTENT.length);
        assertThat(artifact).isEqualTo(new Artifact(HEX, "mirror.zip", CONTENT.length, NOW));
        start();
        assertThat(library.list()).containsExactly(artifact);
        assertThat(library.get(DIGEST)).isEqualTo(artifact);
        try (FileChannel file = files.open(HEX).orElseThrow()) {
            assertThat(Channels.newInputStream(file).readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @Test
    void theSameAgainIsTheSame() throws Exception {
        Artifact first = push(CONTENT, DIGEST, CONTENT.length);
        assertThat(push(CONTENT, DIGEST, CONTENT.length)).isEqualTo(first);
        assertThat(library.list()).hasSize(1);
    }

    @Test
    void keepsNothingOfWhatIsNotWhole() throws Exception {
        assertThatThrownBy(() -> push(CONTENT, DIGEST, CONTENT.length + 1)).hasMessageContaining("19 bytes came");
        assertThatThrownBy(() -> push(CONTENT, DIGEST, CONTENT.length - 1)).hasMessageContaining("more than the 18");
        byte[] changed = CONTENT.clone();
        changed[7] ^= 1;
        assertThatThrownBy(() -> push(changed, DIGEST, CONTENT.length)).hasMessageContaining("has SHA-256");
        assertThat(library.list()).isEmpty();
        try (Stream<Path> left = Files.list(directory.resolve("artifacts"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void refusesWhatIsNoArtifactBeforeAnythingIsSent() {
        assertThatThrownBy(() -> library.push("../ca.key", "a b", 0))
                .isInstanceOf(ArtifactRefusedException.class)
                .hasMessageContainingAll("digest: '../ca.key'", "name: 'a b'", "size: 0");
        assertThatThrownBy(() -> library.push(DIGEST, "mirror.zip", 1001)).hasMessageContaining("more than the 1000");
        ArtifactFiles boundless = files(Long.MAX_VALUE);
        assertThatThrownBy(() -> boundless.receive(HEX, 1L << 60))
                .isInstanceOfSatisfying(ArtifactRefusedException.class, e -> assertThat(e.kind())
                        .isEqualTo(ArtifactRefusedException.Kind.NO_ROOM));
    }

    private ArtifactFiles files(long limit) {
        try {
            return new ArtifactFiles(directory.resolve("artifacts"), limit);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void isGoneWhenItWasDeletedButReadToItsEndByWhoeverHasIt() throws Exception {
        push(CONTENT, DIGEST, CONTENT.length);
        try (FileChannel file = files.open(HEX).orElseThrow()) {
            library.delete(DIGEST);
            assertThat(Channels.newInputStream(file).readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(files.open(HEX)).isEmpty();
        assertThatThrownBy(() -> library.get(DIGEST)).isInstanceOf(UnknownArtifactException.class);
        assertThatThrownBy(() -> library.delete(DIGEST)).isInstanceOf(UnknownArtifactException.class);
    }

    @Test
    void afterAKillRecordAndFilesAgree() throws Exception {
        push(CONTENT, DIGEST, CONTENT.length);
        Path lies = directory.resolve("artifacts");
        Files.writeString(lies.resolve(".incoming-12"), "half");
        Files.writeString(lies.resolve("f".repeat(64)), "on disk, not yet on record");
        start();
        try (Stream<Path> left = Files.list(lies)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly(HEX);
        }
        Files.delete(lies.resolve(HEX));
        start();
        assertThat(library.list()).isEqualTo(List.of());
    }
}
