package dev.drydock.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {
    private static final Job JOB = Job.quiet(Duration.ofSeconds(30));

    @TempDir
    Path directory;

    private final HostFiles files = new HostFiles(Path.of("/"));

    @Test
    void bytesGoFromFileThroughProgramsIntoFile() throws Exception {
        Path from = Files.writeString(directory.resolve("from"), "b\na\n");
        Path into = directory.resolve("into");

        Pipeline.on(files)
                .from(from)
                .then("sort")
                .then("tr", "a-z", "A-Z")
                .into(into)
                .run(JOB);

        assertThat(into).hasContent("A\nB\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(into)))
                .isEqualTo("rw-------");
    }

    @Test
    void whoseFaultItIsIsNamedAndNotWhoWroteToIt() {
        assertThatThrownBy(() -> Pipeline.on(files)
                        .then("yes")
                        .then("sh", "-c", "echo no room >&2; exit 4")
                        .run(JOB))
                .hasMessage("sh ended with exit code 4: no room");
        assertThatThrownBy(() -> Pipeline.on(files)
                        .then("sh", "-c", "echo cut >&2; exit 3")
                        .then("cat")
                        .run(JOB))
                .hasMessage("sh ended with exit code 3: cut");
        assertThatThrownBy(() -> Pipeline.on(files)
                        .then("sh", "-c", "echo wrong key >&2; exit 2")
                        .then("sh", "-c", "cat; echo cut off >&2; exit 1")
                        .run(JOB))
                .hasMessage("sh ended with exit code 2: wrong key; then sh: cut off");
    }

    @Test
    void someExitCodesAreNoFailure() throws Exception {
        Pipeline.on(files)
                .then(List.of("sh", "-c", "exit 1"), Map.of(), Set.of(0, 1))
                .then("cat")
                .run(JOB);
    }

    @Test
    void aProgramThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> Pipeline.on(files).then("no-such-program").run(JOB))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("no-such-program is not in");
    }

    @Test
    void whenTimeIsUpAllAreEnded() throws Exception {
        Path pid = directory.resolve("pid");
        Pipeline endless = Pipeline.on(files)
                .then("sh", "-c", "echo $$ > " + pid + "; sleep 600")
                .then("cat");

        assertThatThrownBy(() -> endless.run(Job.quiet(Duration.ofSeconds(1)))).hasMessageContaining("not end in time");

        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                        .filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void anInterruptEndsThem() throws Exception {
        Path pid = directory.resolve("pid");
        AtomicReference<Throwable> seen = new AtomicReference<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                Pipeline.on(files)
                        .then("sh", "-c", "echo $$ > " + pid + "; sleep 600")
                        .run(JOB);
            } catch (HostException | InterruptedException e) {
                seen.set(e);
            }
        });
        Awaitility.await().until(() -> Files.exists(pid) && Files.size(pid) > 0);
        thread.interrupt();
        thread.join();

        assertThat(seen.get()).isInstanceOf(InterruptedException.class);
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                        .filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aPackedFileThatIsCutOffIsDamaged() throws Exception {
        Path packed = directory.resolve("packed");
        Packing packing = Packing.zstd();
        Pipeline.on(files)
                .then("seq", "1", "100000")
                .thenAll(packing.pack())
                .into(packed)
                .run(JOB);
        packing.test(files, packed, JOB);

        byte[] bytes = Files.readAllBytes(packed);
        Files.write(packed, java.util.Arrays.copyOf(bytes, bytes.length - 5));
        assertThatThrownBy(() -> packing.test(files, packed, JOB)).hasMessageContaining("is damaged");
    }
}
