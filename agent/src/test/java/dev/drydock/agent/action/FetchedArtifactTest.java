package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.Digests;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchedArtifactTest {
    private static final String RIGHT = "the mirror";
    private static final String DIGEST = "sha256:" + Digests.sha256(RIGHT);

    @TempDir
    Path temp;

    private int transfers;
    private boolean controllerIsGone;

    @Test
    void whatIsFetchedAheadIsTransferredOnce() throws Exception {
        Files.createDirectories(ahead());
        fetch("plan.zip");
        assertThat(artifact().lying().getBytes()).isEqualTo(RIGHT.length());
        Files.delete(temp.resolve("plan.zip"));

        controllerIsGone = true;
        fetch("run.zip");
        assertThat(temp.resolve("run.zip")).hasContent(RIGHT);
        assertThat(transfers).isOne();
    }

    @Test
    void aDamagedOneIsTransferredAgain() throws Exception {
        Files.createDirectories(ahead());
        Files.writeString(ahead().resolve("artifact.zip"), "the MIRROR");
        fetch("run.zip");
        assertThat(temp.resolve("run.zip")).hasContent(RIGHT);

        Files.writeString(ahead().resolve("artifact.zip"), "the");
        controllerIsGone = true;
        assertThatThrownBy(() -> fetch("run.zip")).hasMessage("no controller");
    }

    @Test
    void aRunWithoutAFetchKeepsNothing() throws Exception {
        fetch("run.zip");
        assertThat(temp.resolve("run.zip")).hasContent(RIGHT);
        assertThat(ahead()).doesNotExist();
        assertThat(artifact().lying().getFiles()).isZero();
    }

    private void fetch(String file) throws Exception {
        artifact().fetch(DIGEST, temp.resolve(file), Job.quiet(Duration.ofSeconds(30)));
    }

    private FetchedArtifact artifact() {
        return new FetchedArtifact(
                (digest, file, job) -> {
                    if (controllerIsGone) {
                        throw new HostException("no controller");
                    }
                    transfers++;
                    Files.writeString(file, RIGHT);
                },
                Optional.of(ahead()));
    }

    private Path ahead() {
        return temp.resolve("ahead");
    }
}
