package dev.drydock.controller.api;

import dev.drydock.controller.security.ApiTokens;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.ServerCertificates;
import dev.drydock.controller.security.ServerNames;
import dev.drydock.controller.security.audit.AuditLog;
import dev.drydock.controller.security.audit.AuditRecorder;
import dev.drydock.controller.store.SqlApiTokens;
import dev.drydock.controller.store.SqlAudit;
import dev.drydock.controller.store.SqlCertificates;
import dev.drydock.controller.store.SqliteStore;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;

/** A real server on loopback with real TLS and the real store, and clients that trust its CA. */
final class TestServer implements AutoCloseable {
    static final InstantSource CLOCK = () -> FakeHosts.NOON;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long PATIENCE_SECONDS = 20;

    private final Path directory;
    private final SqliteStore store;
    private final OpenStreams streams = new OpenStreams();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final CertificateAuthority authority;
    private final ApiServer server;
    private final String token;
    private final AuditLog audit;
    private final AuditRecorder recorder;

    TestServer(Path directory, Function<TestServer, List<BindableService>> services) throws IOException {
        this(directory, services, audit -> audit);
    }

    /** @param doubles stands before the audit log */
    TestServer(Path directory, Function<TestServer, List<BindableService>> services, UnaryOperator<AuditLog> doubles)
            throws IOException {
        this.directory = directory;
        this.store = SqliteStore.open(directory.resolve("drydock.db"));
        // Certificates are checked against the machine's clock.
        this.authority = CertificateAuthority.open(directory, InstantSource.system(), RANDOM);
        ServerCertificates certificates = new ServerCertificates(
                authority, new SqlCertificates(store), ServerNames.of(List.of()), InstantSource.system(), RANDOM);
        ApiTokens tokens = new ApiTokens(new SqlApiTokens(store), RANDOM, CLOCK);
        tokens.ensureAdmin(directory.resolve("admin.token"));
        this.token = Files.readString(directory.resolve("admin.token")).strip();
        this.audit = doubles.apply(new SqlAudit(store, CLOCK));
        this.recorder = new AuditRecorder(audit, () -> "c-" + RANDOM.nextLong(Long.MAX_VALUE), CLOCK);
        this.server = ApiServer.start(
                new InetSocketAddress("127.0.0.1", 0),
                certificates.keyManagerFactory(),
                ApiServices.of(services.apply(this), tokens, recorder, () -> "e-1"),
                streams,
                pages -> {});
    }

    SqliteStore store() {
        return store;
    }

    AuditLog audit() {
        return audit;
    }

    AuditRecorder recorder() {
        return recorder;
    }

    OpenStreams streams() {
        return streams;
    }

    CertificateAuthority authority() {
        return authority;
    }

    int port() {
        return server.port();
    }

    ManagedChannel channel() {
        try {
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                    .sslContext(GrpcSslContexts.forClient()
                            .trustManager(directory.resolve("ca.crt").toFile())
                            .protocols("TLSv1.3")
                            .build())
                    .build();
            channels.add(channel);
            return channel;
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With the administrator's token. */
    <S extends AbstractStub<S>> S client(Function<ManagedChannel, S> stub) {
        return withAuthorization(stub.apply(channel()), "Bearer " + token);
    }

    static <S extends AbstractStub<S>> S withAuthorization(S stub, String header) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), header);
        return bounded(stub).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    static <S extends AbstractStub<S>> S bounded(S stub) {
        return stub.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void stop() {
        server.close();
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        // Nobody calls any more; its event loops rest for two seconds before they end, and no test waits for that.
        Thread.ofVirtual().start(server::close);
        store.close();
    }
}
