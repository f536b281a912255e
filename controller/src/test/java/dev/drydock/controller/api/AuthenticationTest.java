package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.proto.v1.GetVersionRequest;
import dev.drydock.proto.v1.GetVersionResponse;
import dev.drydock.proto.v1.SystemServiceGrpc;
import dev.drydock.proto.v1.SystemServiceGrpc.SystemServiceBlockingStub;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuthenticationTest {
    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(
                directory,
                test -> List.of(new SystemService("1.2.3", test.authority().fingerprint(), TestServer.CLOCK)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theAdministratorIsLetIn() {
        GetVersionResponse version =
                server.client(SystemServiceGrpc::newBlockingStub).getVersion(GetVersionRequest.getDefaultInstance());
        assertThat(version.getVersion()).isEqualTo("1.2.3");
        assertThat(version.getCaFingerprint()).matches("[0-9a-f]{64}");
        assertThat(version.getServerTime()).isEqualTo(Times.timestamp(FakeHosts.NOON));
    }

    @Test
    void nobodyElseIs() {
        SystemServiceBlockingStub stub = SystemServiceGrpc.newBlockingStub(server.channel());
        assertFails(Status.Code.UNAUTHENTICATED, () -> TestServer.bounded(stub)
                        .getVersion(GetVersionRequest.getDefaultInstance()))
                .hasMessageContaining("No token came with the call")
                .hasMessageContaining("admin.token");
        assertFails(Status.Code.UNAUTHENTICATED, () -> version(stub, "Basic YWRtaW46YWRtaW4="))
                .hasMessageContaining("no bearer token");
        for (String wrong : List.of("Bearer ", "Bearer dda1.AAAA", "bearer x", "Bearer dda1.' OR 1=1 --")) {
            assertFails(Status.Code.UNAUTHENTICATED, () -> version(stub, wrong))
                    .as(wrong)
                    .hasMessageContaining("does not know the token");
        }
    }

    private static void version(SystemServiceBlockingStub stub, String header) {
        assertThat(TestServer.withAuthorization(stub, header).getVersion(GetVersionRequest.getDefaultInstance()))
                .isNotNull();
    }

    @Test
    void healthAnswersEveryone() {
        HealthCheckResponse health = TestServer.bounded(HealthGrpc.newBlockingStub(server.channel()))
                .check(HealthCheckRequest.getDefaultInstance());
        assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    }

    @Test
    void speaksTls13Only() throws Exception {
        assertThat(handshake("TLSv1.3")).isEqualTo("TLSv1.3");
        assertThatThrownBy(() -> handshake("TLSv1.2")).isInstanceOf(SSLException.class);
    }

    private String handshake(String protocol) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAll()}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", server.port()), 10_000);
            socket.setSoTimeout(10_000);
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    /** Only the protocol is looked at here. */
    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate @Nullable [] chain, @Nullable String type) {}

        @Override
        public void checkServerTrusted(X509Certificate @Nullable [] chain, @Nullable String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
