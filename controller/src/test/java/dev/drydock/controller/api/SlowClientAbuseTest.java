package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drydock.controller.rollout.RolloutState;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.ArtifactHead;
import dev.drydock.proto.v1.ArtifactServiceGrpc;
import dev.drydock.proto.v1.GetVersionRequest;
import dev.drydock.proto.v1.PushArtifactRequest;
import dev.drydock.proto.v1.RolloutServiceGrpc;
import dev.drydock.proto.v1.RolloutUpdate;
import dev.drydock.proto.v1.SystemServiceGrpc;
import dev.drydock.proto.v1.WatchRolloutRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that begin something and do not go on, at the management plane's port: all are let go, and others are served meanwhile. */
final class SlowClientAbuseTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final int ENOUGH_MILLIS = 30_000;

    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init") // each test starts it with its own limits
    private RestFleet fleet;

    private final List<Socket> sockets = new ArrayList<>();

    /** Only the limit that a test is about is short, so that no other can be what cuts. */
    private void start(int anAddress, Duration first, Duration between, Duration body) throws IOException {
        fleet = new RestFleet(directory, new Patience(1000, anAddress, first, between, body, body));
    }

    @BeforeEach
    void forget() {
        sockets.clear();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        fleet.close();
    }

    private Socket plain(String from) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", fleet.server.port()));
        socket.setSoTimeout(ENOUGH_MILLIS);
        return socket;
    }

    private Socket secured(String from) throws IOException {
        SSLSocket socket = (SSLSocket) RestClient.trusting(directory.resolve("ca.crt"))
                .getSocketFactory()
                .createSocket(plain(from), "127.0.0.1", fleet.server.port(), true);
        sockets.add(socket);
        socket.startHandshake();
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** All that the server says until it closes; a server that does not fails by the socket's time limit. */
    private static String untilClosed(Socket socket) throws IOException {
        StringBuilder said = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                said.append((char) next);
            }
        } catch (SocketException e) {
            // It was reset: closed as well.
        }
        return said.toString();
    }

    private void assertServed() {
        assertThat(fleet.rest.get("/v1/hosts").status()).isEqualTo(200);
    }

    @Test
    void aHandshakeThatNeverBeginsOrNeverEndsIsLetGo() throws Exception {
        start(100, SHORT, LONG, LONG);
        Socket silent = plain("127.0.0.1");
        Socket half = plain("127.0.0.1");
        // The begin of a record with a ClientHello.
        half.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3});
        assertServed();
        assertThat(untilClosed(silent)).isEmpty();
        assertThat(untilClosed(half)).isEmpty();
        assertServed();
    }

    @Test
    void aConnectionThatAsksForNothingIsLetGo() throws Exception {
        start(100, SHORT, LONG, LONG);
        Socket idle = secured("127.0.0.1");
        assertServed();
        assertThat(untilClosed(idle)).isEmpty();
    }

    @Test
    void aHeadThatNeverEndsIsLetGoHoweverItIsSent() throws Exception {
        start(100, SHORT, LONG, LONG);
        Socket dripping = secured("127.0.0.1");
        say(dripping, "GET /v1/hosts HTTP/1.1\r\nhost: x\r\n");
        CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> {
            try {
                return untilClosed(dripping);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThatThrownBy(() -> {
                    while (!said.isDone()) {
                        say(dripping, "x");
                        said.copy()
                                .completeOnTimeout("", 20, TimeUnit.MILLISECONDS)
                                .join();
                    }
                    throw new SocketException("closed");
                })
                .isInstanceOf(IOException.class);
        assertThat(said.get(ENOUGH_MILLIS, TimeUnit.MILLISECONDS)).doesNotContain("200");
        assertServed();
    }

    @Test
    void theNextHeadHasToComeInTimeToo() throws Exception {
        start(100, LONG, SHORT, LONG);
        Socket socket = secured("127.0.0.1");
        say(socket, "GET /v1/hosts HTTP/1.1\r\nhost: x\r\n\r\nGET /v1/hosts HT");
        assertThat(untilClosed(socket)).containsOnlyOnce("HTTP/1.1 401");
        assertServed();
    }

    @Test
    void aBodyThatNeverEndsIsToldSoAndLetGo() throws Exception {
        start(100, LONG, SHORT, SHORT);
        Socket socket = secured("127.0.0.1");
        say(
                socket,
                "POST /v1/tokens HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + fleet.server.token()
                        + "\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"uses\"");
        assertServed();
        assertThat(untilClosed(socket)).containsOnlyOnce("HTTP/1.1 ").startsWith("HTTP/1.1 503");
        assertThat(fleet.rest.get("/v1/tokens").json().at("/tokens")).isEmpty();
    }

    private <Q, A> Status neverEnding(MethodDescriptor<Q, A> method, Q message) throws Exception {
        ClientCall<Q, A> call = fleet.server.channel().newCall(method, CallOptions.DEFAULT);
        CompletableFuture<Status> ended = new CompletableFuture<>();
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + fleet.server.token());
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        ended.complete(status);
                    }
                },
                headers);
        call.request(1);
        call.sendMessage(message);
        assertServed();
        return ended.get(ENOUGH_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Test
    void aCallOfGrpcWhoseRequestNeverEndsIsLetGo() throws Exception {
        start(100, LONG, LONG, SHORT);
        Status one = neverEnding(SystemServiceGrpc.getGetVersionMethod(), GetVersionRequest.getDefaultInstance());
        assertThat(one.getDescription()).contains("HTTP status code 408");
        Status many = neverEnding(
                ArtifactServiceGrpc.getPushArtifactMethod(),
                PushArtifactRequest.newBuilder()
                        .setHead(ArtifactHead.newBuilder()
                                .setName("tool")
                                .setDigest("sha256:" + "0".repeat(64))
                                .setSize(100))
                        .build());
        assertThat(many.getCode()).as(many.toString()).isEqualTo(Status.Code.CANCELLED);
        assertServed();
    }

    @Test
    void oneAddressDoesNotKeepTheOthersOut() throws Exception {
        start(3, LONG, LONG, LONG);
        List<Socket> first = List.of(secured("127.0.0.2"), secured("127.0.0.2"), secured("127.0.0.2"));
        assertThat(untilClosed(plain("127.0.0.2"))).isEmpty();
        assertServed();
        first.getFirst().close();
        // Its place is free as soon as the server has seen the close.
        await().until(() -> {
            try {
                secured("127.0.0.2");
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    @Test
    void streamsThatAreOpenAndQuietGoOn() throws Exception {
        start(100, SHORT, SHORT, SHORT);
        Iterator<RolloutUpdate> updates = fleet.server
                .client(RolloutServiceGrpc::newBlockingStub)
                .watchRollout(
                        WatchRolloutRequest.newBuilder().setName("web-nov").build());
        assertThat(updates.next().hasRollout()).isTrue();
        try (BufferedReader events = new BufferedReader(new InputStreamReader(
                fleet.rest.stream(
                                fleet.rest.request("/v1/rollouts/web-nov:watch").header("accept", "text/event-stream"))
                        .body(),
                StandardCharsets.UTF_8))) {
            assertThat(next(events)).contains("RUNNING");
            // Longer than any limit: as long as two connections, one after the other, that are let go.
            untilClosed(plain("127.0.0.1"));
            untilClosed(plain("127.0.0.1"));
            fleet.rollouts.happened(Samples.rollout(RolloutState.PAUSED, RunState.RUNNING, "news"), List.of());
            assertThat(next(events)).contains("PAUSED");
            assertThat(updates.next().hasRollout()).isTrue();
        }
    }

    private static String next(BufferedReader events) throws IOException {
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.startsWith("data: ")) {
                return line;
            }
        }
        throw new IOException("the stream is over");
    }
}
