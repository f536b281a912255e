package dev.drydock.controller.agents;

import static dev.drydock.controller.run.Runs.offered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drydock.controller.run.Runs;
import dev.drydock.controller.security.Sha256;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.SigningKey;
import dev.drydock.proto.agent.v1.Chunk;
import dev.drydock.proto.agent.v1.FetchRequest;
import dev.drydock.proto.agent.v1.RunState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContentTest {
    private static final String DIGEST = "d".repeat(64);

    @TempDir
    Path directory;

    private final byte[] envelope = new byte[300_001];
    private TestPlane plane;
    private TestAgent agent;

    @BeforeEach
    void start() throws Exception {
        new Random(7).nextBytes(envelope);
        plane = TestPlane.in(directory);
        agent = plane.agent("web");
        plane.playbooks.put(DIGEST, envelope);
    }

    @AfterEach
    void close() {
        agent.close();
        plane.close();
    }

    @Test
    void aHostFetchesThePlaybookOfItsRunFromAnyOffset() throws Exception {
        plane.offer(offered("r-1", agent.hostId));
        for (int offset : List.of(0, 1, 65_536, 300_000, 300_001)) {
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            got.write(envelope, 0, offset);
            Iterator<Chunk> chunks = fetch(DIGEST, offset);
            long expected = offset;
            while (chunks.hasNext()) {
                Chunk chunk = chunks.next();
                assertThat(chunk.getOffset()).isEqualTo(expected);
                assertThat(chunk.getTotalSize()).isEqualTo(envelope.length);
                chunk.getData().writeTo(got);
                expected += chunk.getData().size();
            }
            assertThat(got.toByteArray()).isEqualTo(envelope);
        }
        assertThat(refusal(DIGEST, 300_002).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal(DIGEST, -1).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void anotherHostsPlaybookLooksAsIfItWereNotThere() {
        plane.offer(offered("r-other", "h-other"));
        Status others = refusal(DIGEST, 0);
        Status missing = refusal("e".repeat(64), 0);
        assertThat(others.getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(missing.getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(others.getDescription().replace('d', 'e'))
                .isEqualTo(missing.getDescription().replace('d', 'e'));
    }

    @Test
    void whenItsRunHasEndedThereIsNothingToFetch() {
        plane.offer(offered("r-1", agent.hostId));
        plane.runs
                .append("r-1", List.of(Runs.accepted(), Runs.result(2, RunState.SUCCEEDED, "")))
                .join();
        assertThat(refusal(DIGEST, 0).getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void aHostFetchesTheArtifactsThatThePlaybookOfItsRunNamesAndNoOthers() throws Exception {
        byte[] artifact = new byte[200_000];
        new Random(8).nextBytes(artifact);
        String digest = HexFormat.of().formatHex(Sha256.of(artifact));
        Files.write(directory.resolve("artifacts").resolve(digest), artifact);
        plane.offer(offered("r-1", agent.hostId));
        assertThat(refusal(digest, 0).getCode()).isEqualTo(Status.Code.NOT_FOUND);

        plane.playbooks.put(
                DIGEST,
                Envelope.sign(
                                ("{\"artifact\":\"sha256:" + digest + "\"}").getBytes(StandardCharsets.UTF_8),
                                SigningKey.generate("key"))
                        .write());
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        got.write(artifact, 0, 70_000);
        for (Iterator<Chunk> chunks = fetch(digest, 70_000); chunks.hasNext(); ) {
            chunks.next().getData().writeTo(got);
        }
        assertThat(got.toByteArray()).isEqualTo(artifact);
        assertThat(refusal(digest, 200_001).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);

        Files.delete(directory.resolve("artifacts").resolve(digest));
        assertThat(refusal(digest, 0).getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void whatIsNoDigestIsRefused() {
        assertThat(refusal("../../ca.key", 0).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void aRevokedHostGetsNothing() {
        plane.offer(offered("r-1", agent.hostId));
        plane.plane.admin().revoke(agent.hostId);
        assertThat(refusal(DIGEST, 0).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    private Iterator<Chunk> fetch(String digest, long offset) {
        return agent.content()
                .fetch(FetchRequest.newBuilder()
                        .setDigest(digest)
                        .setOffset(offset)
                        .build());
    }

    private Status refusal(String digest, long offset) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> fetch(digest, offset)
                        .hasNext())
                .getStatus();
    }
}
