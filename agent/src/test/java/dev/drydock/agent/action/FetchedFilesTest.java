package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchedFilesTest {
    @TempDir
    Path temp;

    private Path directory;
    private Path target;

    @BeforeEach
    void make() throws Exception {
        directory = temp.resolve("fetched/0");
        target = Files.createDirectories(temp.resolve("run"));
    }

    @Test
    void whatIsPublishedIsTaken() throws Exception {
        assertThat(publish("a.deb", "the package")).isEqualTo(11);
        assertThat(fetched().takeInto(target)).isEqualTo(11);
        assertThat(target.resolve("a.deb")).hasContent("the package");
        assertThat(fetched().takeInto(target)).as("what is there stays").isZero();
    }

    @Test
    void aFetchThatWasCutOffCountsForNothingAndIsGoneOnWith() throws Exception {
        Files.writeString(fetched().incoming().resolve("a.deb"), "the pack");
        assertThat(fetched().takeInto(target)).isZero();
        assertThat(fetched().incoming().resolve("a.deb")).hasContent("the pack");
    }

    @Test
    void aFileThatWasChangedOrCutShortIsNotTaken() throws Exception {
        publish("a.deb", "the package");
        Files.writeString(directory.resolve("a.deb"), "the PACKAGE");
        assertThat(fetched().takeInto(target)).isZero();
        Files.writeString(directory.resolve("a.deb"), "the");
        assertThat(fetched().takeInto(target)).isZero();
        Files.delete(directory.resolve("a.deb"));
        assertThat(fetched().takeInto(target)).isZero();
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void aListThatWasTamperedWithNamesNothingElsewhere() throws Exception {
        publish("a.deb", "the package");
        Files.writeString(temp.resolve("fetched/outside"), "x");
        Files.writeString(
                directory.resolve("sums"),
                "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  ../outside\nno line\n");
        assertThat(fetched().takeInto(target)).isZero();
    }

    @Test
    void anotherFetchTakesWhatIsThereAndLeavesNothingElse() throws Exception {
        publish("a.deb", "the package");
        Path incoming = fetched().incoming();
        assertThat(incoming.resolve("a.deb")).hasContent("the package");
        Files.writeString(incoming.resolve("b.deb"), "a newer one");
        fetched().publish(List.of("b.deb"));
        assertThat(names()).containsExactlyInAnyOrder("b.deb", "sums");

        fetched().incoming();
        fetched().publish(List.of("b.deb"));
        assertThat(names()).containsExactlyInAnyOrder("b.deb", "sums");
        assertThat(fetched().takeInto(target)).isEqualTo(11);
    }

    private long publish(String name, String content) throws IOException {
        Files.writeString(fetched().incoming().resolve(name), content);
        return fetched().publish(List.of(name));
    }

    /** Each call as by a process that knows nothing of the one before. */
    private FetchedFiles fetched() {
        return new FetchedFiles(directory);
    }

    private List<String> names() {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
