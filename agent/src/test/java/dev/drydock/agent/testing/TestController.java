package dev.drydock.agent.testing;

import com.google.protobuf.ByteString;
import dev.drydock.playbooks.sign.PublicSigner;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.Chunk;
import dev.drydock.proto.agent.v1.ContentGrpc;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.EnrollRequest;
import dev.drydock.proto.agent.v1.EnrollResponse;
import dev.drydock.proto.agent.v1.EnrollmentGrpc;
import dev.drydock.proto.agent.v1.FetchRequest;
import dev.drydock.proto.agent.v1.RenewRequest;
import dev.drydock.proto.agent.v1.RenewResponse;
import dev.drydock.proto.agent.v1.SessionGrpc;
import dev.drydock.proto.agent.v1.Signer;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * A test double of the controller's agent plane: a real server on loopback with real mutual TLS, whose side of each stream the
 * test itself plays.
 */
public final class TestController implements AutoCloseable {
    public static final String TOKEN_SECRET = "secret-of-the-test-token";
    private static final Context.Key<X509Certificate> PEER = Context.key("peer");

    private final TestCa ca;
    private final Server server;
    private final BlockingQueue<TestSession> sessions = new LinkedBlockingQueue<>();

    public final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    public final List<FetchRequest> fetches = new CopyOnWriteArrayList<>();
    public final List<BigInteger> renewals = new CopyOnWriteArrayList<>();
    public final List<EnrollRequest> enrolments = new CopyOnWriteArrayList<>();
    private final List<Signer> signers = new CopyOnWriteArrayList<>();

    /** How many bytes of the next fetch are sent before it fails; below zero: all. */
    public volatile int cutFetchAfter = -1;

    /** Life of the certificates that it issues. */
    public volatile Duration lifetime = Duration.ofDays(1);

    /** Whether the calls of streams read only what the test lets in. */
    public volatile boolean slow;

    /** Whether certificates that were renewed are not let in. */
    public volatile boolean refuseRenewed;

    public static TestController start(TestCa ca) throws IOException {
        return start(
                ca, "127.0.0.1", Instant.now().minusSeconds(60), Instant.now().plusSeconds(86_400));
    }

    /** @param address that its certificate is for, which is good between these instants */
    public static TestController start(TestCa ca, String address, Instant from, Instant to) throws IOException {
        return new TestController(ca, new GeneralName(GeneralName.iPAddress, address), from, to);
    }

    private TestController(TestCa ca, GeneralName name, Instant from, Instant to) throws IOException {
        this.ca = ca;
        KeyPair key = TestCa.newKey();
        X509Certificate certificate = ca.server(key.getPublic(), name, from, to);
        this.server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .sslContext(GrpcSslContexts.configure(
                                SslContextBuilder.forServer(key.getPrivate(), certificate, ca.certificate()),
                                SslProvider.JDK)
                        .protocols("TLSv1.3")
                        .trustManager(ca.certificate())
                        .clientAuth(ClientAuth.OPTIONAL)
                        .build())
                .flowControlWindow(64 * 1024)
                .addService(new Enrolment())
                .addService(new Sessions())
                .addService(new Contents())
                .intercept(new Peers())
                .build()
                .start();
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hosts that enrol from now on pin it. */
    public void pin(PublicSigner signer) {
        signers.add(Signer.newBuilder()
                .setName(signer.name())
                .setKeyId(signer.keyId())
                .setPublicKey(ByteString.copyFrom(signer.rawKey()))
                .build());
    }

    public int port() {
        return server.getPort();
    }

    public String token() {
        return "dd1.test." + TOKEN_SECRET + "." + ca.fingerprint();
    }

    /** The next stream that an agent opens. */
    public TestSession session() throws InterruptedException {
        TestSession session = sessions.poll(20, TimeUnit.SECONDS);
        if (session == null) {
            throw new AssertionError("no agent connected");
        }
        return session;
    }

    /** Empty: none is waiting. */
    public Optional<TestSession> anotherSession() {
        return Optional.ofNullable(sessions.poll());
    }

    @Override
    public void close() throws InterruptedException {
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    private final class Peers implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            boolean enrolling = call.getMethodDescriptor().equals(EnrollmentGrpc.getEnrollMethod());
            try {
                SSLSession tls = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
                if (enrolling) {
                    return next.startCall(call, headers);
                }
                X509Certificate peer = (X509Certificate) tls.getPeerCertificates()[0];
                if (!refuseRenewed || !renewals.contains(peer.getSerialNumber())) {
                    return Contexts.interceptCall(Context.current().withValue(PEER, peer), call, headers, next);
                }
            } catch (Exception e) {
                // No certificate: answered below.
            }
            call.close(Status.UNAUTHENTICATED.withDescription("no certificate that is let in"), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }

    private final class Enrolment extends EnrollmentGrpc.EnrollmentImplBase {
        @Override
        public void enroll(EnrollRequest request, StreamObserver<EnrollResponse> answer) {
            enrolments.add(request);
            if (!request.getToken().startsWith("dd1.test." + TOKEN_SECRET + ".")) {
                answer.onError(Status.UNAUTHENTICATED
                        .withDescription("The token is not valid.")
                        .asRuntimeException());
                return;
            }
            X509Certificate certificate = issue("h-1", request.getCsr().toByteArray());
            answer.onNext(EnrollResponse.newBuilder()
                    .setHostId("h-1")
                    .setHostName(request.getHostname())
                    .addCertificateChain(ByteString.copyFrom(der(certificate)))
                    .addCertificateChain(ByteString.copyFrom(der(ca.certificate())))
                    .addCaCertificates(ByteString.copyFrom(der(ca.certificate())))
                    .addAllSigners(signers)
                    .build());
            answer.onCompleted();
        }

        @Override
        public void renew(RenewRequest request, StreamObserver<RenewResponse> answer) {
            X509Certificate certificate = issue("h-1", request.getCsr().toByteArray());
            renewals.add(certificate.getSerialNumber());
            answer.onNext(RenewResponse.newBuilder()
                    .addCertificateChain(ByteString.copyFrom(der(certificate)))
                    .addCertificateChain(ByteString.copyFrom(der(ca.certificate())))
                    .addCaCertificates(ByteString.copyFrom(der(ca.certificate())))
                    .build());
            answer.onCompleted();
        }

        private X509Certificate issue(String id, byte[] csr) {
            return ca.host(
                    id, csr, Instant.now().minusSeconds(60), Instant.now().plus(lifetime));
        }
    }

    private final class Sessions extends SessionGrpc.SessionImplBase {
        @Override
        public StreamObserver<AgentMessage> connect(StreamObserver<ControllerMessage> out) {
            TestSession session = new TestSession(
                    (ServerCallStreamObserver<ControllerMessage>) out,
                    PEER.get().getSerialNumber(),
                    !slow);
            sessions.add(session);
            return session.inbound();
        }
    }

    private final class Contents extends ContentGrpc.ContentImplBase {
        @Override
        public void fetch(FetchRequest request, StreamObserver<Chunk> out) {
            fetches.add(request);
            byte[] content = contents.get(request.getDigest());
            if (content == null) {
                out.onError(Status.NOT_FOUND.withDescription("no such content").asRuntimeException());
                return;
            }
            int cut = cutFetchAfter;
            cutFetchAfter = -1;
            int end = cut < 0 ? content.length : Math.min(content.length, (int) request.getOffset() + cut);
            for (int at = (int) request.getOffset(); at < end; at += 100) {
                int next = Math.min(end, at + 100);
                out.onNext(Chunk.newBuilder()
                        .setOffset(at)
                        .setData(ByteString.copyFrom(content, at, next - at))
                        .setTotalSize(content.length)
                        .build());
            }
            if (cut >= 0) {
                out.onError(Status.UNAVAILABLE.withDescription("cut off").asRuntimeException());
            } else {
                out.onCompleted();
            }
        }
    }
}
