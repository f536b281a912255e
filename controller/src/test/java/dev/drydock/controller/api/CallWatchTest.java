package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drydock.proto.v1.GetVersionRequest;
import dev.drydock.proto.v1.GetVersionResponse;
import dev.drydock.proto.v1.SystemServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CallWatchTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch called = new CountDownLatch(1);
    private final String name = UUID.randomUUID().toString();
    private final ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
    private @Nullable Server server;

    private SystemServiceGrpc.SystemServiceBlockingStub client(Status answer) throws Exception {
        server = InProcessServerBuilder.forName(name)
                .addService(ServerInterceptors.intercept(
                        new SystemServiceGrpc.SystemServiceImplBase() {
                            @Override
                            public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> call) {
                                called.countDown();
                                if (answer.isOk()) {
                                    call.onNext(GetVersionResponse.getDefaultInstance());
                                    call.onCompleted();
                                } else if (answer.getCode() != Status.Code.CANCELLED) {
                                    call.onError(answer.asRuntimeException());
                                }
                            }
                        },
                        new CallWatch((method, stream, code, took) -> {
                            assertThat(took).isGreaterThanOrEqualTo(Duration.ZERO);
                            heard.add(method + " " + stream + " " + code);
                        })))
                .build()
                .start();
        return SystemServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        if (server != null) {
            server.shutdownNow();
        }
    }

    @Test
    void tellsOfACallThatWasAnswered() throws Exception {
        assertThat(client(Status.OK).getVersion(GetVersionRequest.getDefaultInstance()))
                .isNotNull();
        await().untilAsserted(() -> assertThat(heard).containsExactly("SystemService/GetVersion false OK"));
    }

    @Test
    void tellsOfACallThatWasRefused() throws Exception {
        var client = client(Status.NOT_FOUND);
        assertThatThrownBy(() -> client.getVersion(GetVersionRequest.getDefaultInstance()))
                .isInstanceOf(StatusRuntimeException.class);
        await().untilAsserted(() -> assertThat(heard).containsExactly("SystemService/GetVersion false NOT_FOUND"));
    }

    @Test
    void tellsOfACallThatItsClientGaveUp() throws Exception {
        SystemServiceGrpc.SystemServiceBlockingStub unused = client(Status.CANCELLED);
        var waiting = SystemServiceGrpc.newFutureStub(channel).getVersion(GetVersionRequest.getDefaultInstance());
        assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
        waiting.cancel(true);
        await().untilAsserted(() -> assertThat(heard).containsExactly("SystemService/GetVersion false CANCELLED"));
    }
}
