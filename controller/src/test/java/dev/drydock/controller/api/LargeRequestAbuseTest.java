package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.drydock.controller.api.RestClient.Answer;
import dev.drydock.controller.api.rest.Limits;
import dev.drydock.proto.v1.Artifact;
import dev.drydock.proto.v1.ArtifactHead;
import dev.drydock.proto.v1.ArtifactServiceGrpc;
import dev.drydock.proto.v1.HostServiceGrpc;
import dev.drydock.proto.v1.ListHostsRequest;
import dev.drydock.proto.v1.PushArtifactRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is larger or deeper than anybody needs is refused with a reason, by gRPC and by REST, and the server goes on. */
final class LargeRequestAbuseTest {
    @TempDir
    Path directory;

    private RestFleet fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = new RestFleet(directory);
    }

    @AfterEach
    void servesOn() {
        assertThat(fleet.rest.get("/v1/hosts").status()).isEqualTo(200);
        fleet.close();
    }

    private Answer filtered(String filter) {
        return fleet.rest.get("/v1/hosts?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
    }

    private Status grpc(String filter) {
        try {
            fleet.server
                    .client(HostServiceGrpc::newBlockingStub)
                    .listHosts(ListHostsRequest.newBuilder().setFilter(filter).build());
            return Status.OK;
        } catch (StatusRuntimeException refused) {
            return refused.getStatus();
        }
    }

    @Test
    void aMessageOfGrpcIsBounded() {
        assertThat(grpc("x".repeat(Limits.LARGEST_REQUEST + 1)).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    /** Two ways to be large, of which each has another bound. */
    @Test
    void headsAndQueriesAreBounded() throws Exception {
        assertThatThrownBy(() -> statusOf("/v1/hosts", "x".repeat(1024 * 1024))).isInstanceOf(IOException.class);
        int status = statusOf("/v1/hosts?filter=" + "x".repeat(7 * 1024), "");
        assertThat(status).isEqualTo(400);
    }

    private int statusOf(String path, String header) throws Exception {
        return fleet.rest.stream(fleet.rest.request(path).header("x-large", header))
                .statusCode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "["})
    void anExpressionIsNoDeeperThanTheParserGoes(String nesting) {
        Answer deep = filtered(nesting.repeat(2_000) + "true");
        assertThat(deep.status()).as(deep.http().body()).isEqualTo(400);
        assertThat(deep.text("/detail")).contains("recursion limit exceeded").hasSizeLessThan(1_000);
        assertThat(grpc(nesting.repeat(2_000) + "true").getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void anExpressionIsNoLongerThanItMayBe() {
        Status status = grpc("host.name == '" + "x".repeat(100_000) + "'");
        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains("…': ").hasSizeLessThan(1_000);
    }

    /**
     * Patterns by which a matcher that goes back takes a lifetime, which this one never does (RE2), and such as it would write out
     * until the memory is full; of hosts, and of the lists that have another filter.
     */
    @Test
    void aPatternTakesNoLifetime() {
        String text = "a".repeat(2_000);
        assertThat(filtered("'" + text + "b'.matches('^(a+)+$')").status()).isEqualTo(200);
        String huge = ".matches('(((a{1,1000}){1,1000}){1,1000})')";
        Status hosts = grpc("host.name" + huge);
        assertThat(hosts.getCode()).as(hosts.toString()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(hosts.getDescription()).contains("the pattern of matches is too large");
        Answer rollouts = fleet.rest.get(
                "/v1/rollouts?filter=" + URLEncoder.encode("rollout.created_by" + huge, StandardCharsets.UTF_8));
        assertThat(rollouts.status()).isEqualTo(400);
        assertThat(rollouts.text("/detail")).contains("the pattern of matches is too large");
        // Its size is known only when it is put together.
        assertThat(grpc("host.name.matches('a{1,' + '1000}')").getDescription()).contains("is to be written out");
        assertThat(grpc("host.name.matches('^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')")
                        .isOk())
                .isTrue();
    }

    /** Each of a list for each of a list for each of a list, and so on. */
    @Test
    void anExpressionDoesNotCountForEver() {
        String ten = "[0,1,2,3,4,5,6,7,8,9]";
        String endless = "true";
        for (int i = 0; i < 12; i++) {
            endless = ten + ".all(x" + i + ", " + endless + ")";
        }
        assertThat(grpc(endless).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void anUploadIsAsLongAsItsHeadSays() throws Exception {
        for (int sent : new int[] {3, 5}) {
            CompletableFuture<Status> ended = new CompletableFuture<>();
            StreamObserver<PushArtifactRequest> upload = fleet.server
                    .client(ArtifactServiceGrpc::newStub)
                    .pushArtifact(new StreamObserver<>() {
                        @Override
                        public void onNext(Artifact artifact) {}

                        @Override
                        public void onError(Throwable refused) {
                            ended.complete(Status.fromThrowable(refused));
                        }

                        @Override
                        public void onCompleted() {
                            ended.complete(Status.OK);
                        }
                    });
            upload.onNext(PushArtifactRequest.newBuilder()
                    .setHead(ArtifactHead.newBuilder()
                            .setName("tool.zip")
                            .setDigest("sha256:" + "0".repeat(64))
                            .setSize(4))
                    .build());
            upload.onNext(PushArtifactRequest.newBuilder()
                    .setData(ByteString.copyFrom(new byte[sent]))
                    .build());
            upload.onCompleted();
            Status status = ended.get(20, TimeUnit.SECONDS);
            assertThat(status.getCode()).as(status.toString()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        assertThat(fleet.rest.get("/v1/artifacts").json().at("/artifacts")).isEmpty();
    }
}
