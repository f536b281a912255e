package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.v1.PushArtifactRequest;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code drydock artifact push}: the whole file, in pieces, by its digest. */
class ArtifactPushTest extends FunctionalTest {
    @Test
    void sendsTheFileInPiecesUnderItsDigest() throws Exception {
        byte[] content = new byte[700_001];
        new Random(5).nextBytes(content);
        Path file = shell.file("mirror.zip", "");
        Files.write(file, content);
        plane.answer("PushArtifact", Fleet.artifact());

        Shell.Ended ended = shell.run("artifact", "push", file.toString());

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).startsWith(Fleet.artifact().getDigest() + "  wordpress-2026-11.zip  30.0 MiB");
        List<PushArtifactRequest> sent = plane.asked(PushArtifactRequest.class);
        assertThat(sent.getFirst().getHead().getName()).isEqualTo("mirror.zip");
        assertThat(sent.getFirst().getHead().getSize()).isEqualTo(content.length);
        assertThat(sent.getFirst().getHead().getDigest()).matches("sha256:[0-9a-f]{64}");
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        for (PushArtifactRequest piece : sent.subList(1, sent.size())) {
            piece.getData().writeTo(came);
        }
        assertThat(came.toByteArray()).isEqualTo(content);
    }

    @Test
    void forScripts() throws Exception {
        Path file = shell.file("mirror.zip", "content");
        plane.answer("PushArtifact", Fleet.artifact());

        assertThat(shell.run("artifact", "push", file.toString(), file.toString(), "--quiet")
                        .out())
                .isEqualTo((Fleet.artifact().getDigest() + "\n").repeat(2));
        assertThat(shell.run("artifact", "push", file.toString(), "--output", "json")
                        .out())
                .contains("\"artifacts\": [", "\"name\": \"wordpress-2026-11.zip\"");
    }

    @Test
    void saysWhyTheControllerDoesNotTakeIt() throws Exception {
        Path file = shell.file("mirror.zip", "content");
        plane.refuse("PushArtifact", Status.RESOURCE_EXHAUSTED.withDescription("The file system is full."));

        Shell.Ended ended = shell.run("artifact", "push", file.toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("The file system is full.");
    }

    @Test
    void whatIsNoFileAndWhatIsMeantTwiceIsSaid() {
        assertThat(shell.run("artifact", "push", "/no/such.zip"))
                .satisfies(ended -> assertThat(ended.exitCode()).isEqualTo(1))
                .satisfies(ended -> assertThat(ended.err()).contains("Cannot push /no/such.zip"));
        plane.answer(
                "ListArtifacts",
                dev.drydock.proto.v1.ListArtifactsResponse.newBuilder()
                        .addArtifacts(Fleet.artifact())
                        .addArtifacts(Fleet.artifact().toBuilder().setDigest("sha256:" + "06e4".repeat(16)))
                        .build());
        assertThat(shell.run("artifact", "show", "wordpress-2026-11.zip"))
                .satisfies(ended -> assertThat(ended.exitCode()).isEqualTo(2))
                .satisfies(ended -> assertThat(ended.err()).contains("2 artifacts are meant", "sha256:06e4"));
        assertThat(shell.run("artifact", "show", "wordpres"))
                .satisfies(ended -> assertThat(ended.exitCode()).isEqualTo(1))
                .satisfies(ended -> assertThat(ended.err()).contains("There is no artifact 'wordpres'"));
    }
}
