package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.drydock.controller.artifact.ArtifactFiles;
import dev.drydock.controller.artifact.ArtifactLibrary;
import dev.drydock.controller.security.Sha256;
import dev.drydock.controller.store.SqlArtifacts;
import dev.drydock.proto.v1.Artifact;
import dev.drydock.proto.v1.ArtifactHead;
import dev.drydock.proto.v1.ArtifactServiceGrpc;
import dev.drydock.proto.v1.ArtifactServiceGrpc.ArtifactServiceBlockingStub;
import dev.drydock.proto.v1.DeleteArtifactRequest;
import dev.drydock.proto.v1.GetArtifactRequest;
import dev.drydock.proto.v1.ListArtifactsRequest;
import dev.drydock.proto.v1.PushArtifactRequest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArtifactServiceTest {
    private static final ByteString CONTENT = ByteString.copyFromUtf8("a mirror of updates");
    private static final String DIGEST =
            "sha256:" + HexFormat.of().formatHex(Sha256.of("a mirror of updates".getBytes(StandardCharsets.UTF_8)));
    private static final PushArtifactRequest HEAD = head(DIGEST, CONTENT.size());

    @TempDir
    Path directory;

    private TestServer server;
    private ArtifactServiceBlockingStub artifacts;

    @BeforeEach
    void start() throws Exception {
        ArtifactFiles files = new ArtifactFiles(directory.resolve("artifacts"), 1000);
        server = new TestServer(
                directory,
                test -> List.of(new ArtifactService(
                        new ArtifactLibrary(new SqlArtifacts(test.store()), files, TestServer.CLOCK))));
        artifacts = server.client(ArtifactServiceGrpc::newBlockingStub);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static PushArtifactRequest head(String digest, long size) {
        return PushArtifactRequest.newBuilder()
                .setHead(ArtifactHead.newBuilder()
                        .setDigest(digest)
                        .setName("mirror.zip")
                        .setSize(size))
                .build();
    }

    private static PushArtifactRequest data(ByteString data) {
        return PushArtifactRequest.newBuilder().setData(data).build();
    }

    private final class Push implements StreamObserver<Artifact> {
        private final CompletableFuture<Artifact> answer = new CompletableFuture<>();
        private final StreamObserver<PushArtifactRequest> out =
                server.client(ArtifactServiceGrpc::newStub).pushArtifact(this);

        @Override
        public void onNext(Artifact artifact) {
            answer.complete(artifact);
        }

        @Override
        public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {}

        private Push send(PushArtifactRequest... parts) {
            Stream.of(parts).forEach(out::onNext);
            return this;
        }

        private Artifact join() {
            try {
                return answer.join();
            } catch (CompletionException e) {
                throw Status.fromThrowable(e.getCause()).asRuntimeException();
            }
        }

        private Artifact end() {
            out.onCompleted();
            return join();
        }
    }

    @Test
    void pushesShowsListsAndDeletes() {
        Artifact pushed = new Push()
                .send(HEAD, data(CONTENT.substring(0, 7)), data(CONTENT.substring(7)))
                .end();
        assertThat(pushed)
                .isEqualTo(Artifact.newBuilder()
                        .setDigest(DIGEST)
                        .setName("mirror.zip")
                        .setSize(CONTENT.size())
                        .setPushedAt(Times.timestamp(FakeHosts.NOON))
                        .build());
        assertThat(artifacts.getArtifact(
                        GetArtifactRequest.newBuilder().setDigest(DIGEST).build()))
                .isEqualTo(pushed);
        assertThat(list()).containsExactly(pushed);
        artifacts.deleteArtifact(
                DeleteArtifactRequest.newBuilder().setDigest(DIGEST).build());
        assertThat(list()).isEmpty();
        assertFails(
                        Status.Code.NOT_FOUND,
                        () -> artifacts.deleteArtifact(DeleteArtifactRequest.newBuilder()
                                .setDigest(DIGEST)
                                .build()))
                .hasMessageContaining("There is no artifact " + DIGEST);
    }

    private List<Artifact> list() {
        return artifacts
                .listArtifacts(ListArtifactsRequest.getDefaultInstance())
                .getArtifactsList();
    }

    @Test
    void whatIsThereAlreadyIsAnsweredAtTheHead() {
        Artifact first = new Push().send(HEAD, data(CONTENT)).end();
        assertThat(new Push().send(HEAD).join()).isEqualTo(first);
    }

    @Test
    void refusesWhatIsNoPush() {
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> new Push().send(data(CONTENT)).join())
                .hasMessageContaining("data: came before the head");
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> new Push().send(HEAD, HEAD).join())
                .hasMessageContaining("head: came twice");
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> new Push().send(head(DIGEST, 20), data(CONTENT)).end())
                .hasMessageContaining("19 bytes came");
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> new Push().send(head(DIGEST, 1001)).join())
                .hasMessageContaining("more than the 1000");
        assertFails(Status.Code.INVALID_ARGUMENT, () -> new Push()
                        .send(head("sha256:" + "0".repeat(64), CONTENT.size()), data(CONTENT))
                        .end())
                .hasMessageContaining("has SHA-256");
        assertThat(list()).isEmpty();
    }

    @Test
    void nothingIsLeftOfAPushThatWasCutOff() {
        Push push = new Push().send(HEAD, data(CONTENT.substring(0, 7)));
        push.out.onError(new IllegalStateException("the client died"));
        Awaitility.await().untilAsserted(() -> {
            try (Stream<Path> left = Files.list(directory.resolve("artifacts"))) {
                assertThat(left).isEmpty();
            }
        });
        assertThat(list()).isEmpty();
    }
}
