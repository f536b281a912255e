package dev.drydock.controller.api;

import dev.drydock.controller.security.Authenticator;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.HostScope;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.ServerCertificates;
import dev.drydock.controller.security.ServerNames;
import dev.drydock.controller.security.Users;
import dev.drydock.controller.security.audit.AuditLog;
import dev.drydock.controller.security.audit.AuditRecorder;
import dev.drydock.controller.security.login.LoginEvents;
import dev.drydock.controller.security.login.LoginParts;
import dev.drydock.controller.security.login.Passwords;
import dev.drydock.controller.security.login.SecretBox;
import dev.drydock.controller.security.login.Sessions;
import dev.drydock.controller.security.token.ApiTokens;
import dev.drydock.controller.security.token.FirstToken;
import dev.drydock.controller.security.token.TokenScope;
import dev.drydock.controller.store.SqlApiTokens;
import dev.drydock.controller.store.SqlAudit;
import dev.drydock.controller.store.SqlCertificates;
import dev.drydock.controller.store.SqlIdempotencyKeys;
import dev.drydock.controller.store.SqlLoginFailures;
import dev.drydock.controller.store.SqlLogins;
import dev.drydock.controller.store.SqlPersons;
import dev.drydock.controller.store.SqlSessions;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqlUsers;
import dev.drydock.controller.store.TestStores;
import dev.drydock.playbooks.expr.InvalidExpressionException;
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
import java.util.Optional;
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
    private final SqlStore store;
    private final OpenStreams streams = new OpenStreams();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final CertificateAuthority authority;
    private final ApiServer server;
    private final String token;
    private final AuditLog audit;
    private final AuditRecorder recorder;
    private final Users users;
    private final ApiTokens tokens;
    private final LoginParts login;

    TestServer(Path directory, Function<TestServer, List<BindableService>> services) throws IOException {
        this(directory, services, audit -> audit, Patience.DEFAULT);
    }

    /** @param doubles stands before the audit log */
    TestServer(Path directory, Function<TestServer, List<BindableService>> services, UnaryOperator<AuditLog> doubles)
            throws IOException {
        this(directory, services, doubles, Patience.DEFAULT);
    }

    TestServer(
            Path directory,
            Function<TestServer, List<BindableService>> services,
            UnaryOperator<AuditLog> doubles,
            Patience patience)
            throws IOException {
        this.directory = directory;
        this.store = TestStores.open(directory.resolve("drydock.db"));
        // Certificates are checked against the machine's clock.
        this.authority = CertificateAuthority.open(directory, InstantSource.system(), RANDOM);
        ServerCertificates certificates = new ServerCertificates(
                authority, new SqlCertificates(store), ServerNames.of(List.of()), InstantSource.system(), RANDOM);
        SqlUsers kept = new SqlUsers(store);
        SqlApiTokens keptTokens = new SqlApiTokens(store, kept);
        this.users = new Users(kept, CLOCK);
        this.tokens = new ApiTokens(keptTokens, RANDOM, CLOCK);
        this.login = LoginParts.of(
                kept,
                new SqlLogins(store),
                new SqlLoginFailures(store),
                new SqlSessions(store, kept),
                new SqlPersons(store, CLOCK),
                // As little work as there can be: these tests are not about it.
                new Passwords(RANDOM, new Passwords.Strength(16, 1, 1), 2),
                SecretBox.open(directory.resolve("totp.key"), RANDOM),
                LoginEvents.NONE,
                RANDOM,
                CLOCK);
        new FirstToken(kept, keptTokens, tokens, CLOCK).ensure(directory.resolve("admin.token"), Users.ADMIN);
        this.token = Files.readString(directory.resolve("admin.token")).strip();
        this.audit = doubles.apply(new SqlAudit(store, CLOCK));
        this.recorder = new AuditRecorder(audit, () -> "c-" + RANDOM.nextLong(Long.MAX_VALUE), CLOCK);
        this.server = ApiServer.start(
                new InetSocketAddress("127.0.0.1", 0),
                certificates.keyManagerFactory(),
                ApiServices.of(
                        services.apply(this),
                        new Authenticator(
                                tokens::principal,
                                secret -> login.sessions().find(secret).map(Sessions.Live::principal),
                                secret -> login.sessions().look(secret).map(Sessions.Live::principal)),
                        recorder,
                        new SqlIdempotencyKeys(store),
                        CLOCK,
                        () -> "e-1"),
                streams,
                patience,
                pages -> {});
    }

    /** The administrator's. */
    String token() {
        return token;
    }

    SqlStore store() {
        return store;
    }

    AuditLog audit() {
        return audit;
    }

    AuditRecorder recorder() {
        return recorder;
    }

    Users users() {
        return users;
    }

    LoginParts login() {
        return login;
    }

    ApiTokens tokens() {
        return tokens;
    }

    /** Makes a user. @return the header by which it is let in */
    String user(String name, Role role, String hosts) {
        try {
            users.add(name, new Grant(role, HostScope.of(hosts)));
        } catch (InvalidExpressionException e) {
            throw new IllegalArgumentException(e);
        }
        return "Bearer "
                + tokens.create(name, ApiTokens.FIRST, Optional.empty(), TokenScope.ALL, "admin")
                        .secret();
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
