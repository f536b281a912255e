package dev.drydock.controller.agents;

import com.google.protobuf.ByteString;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.CertificateRequest;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.ContentGrpc;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.EnrollRequest;
import dev.drydock.proto.agent.v1.EnrollResponse;
import dev.drydock.proto.agent.v1.EnrollmentGrpc;
import dev.drydock.proto.agent.v1.GoAway;
import dev.drydock.proto.agent.v1.Hello;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.SessionGrpc;
import dev.drydock.proto.agent.v1.Welcome;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A test double of an agent: a raw client that says exactly what a test has it say. */
final class TestAgent implements AutoCloseable {
    private static final int WAIT_SECONDS = 20;

    final String hostId;
    final String name;
    private final TestPlane plane;
    private final SslContext tls;
    private final ManagedChannel channel;

    private TestAgent(TestPlane plane, String hostId, String name, SslContext tls) {
        this.plane = plane;
        this.hostId = hostId;
        this.name = name;
        this.tls = tls;
        this.channel = channel(plane, tls);
    }

    /** The same agent over another connection, which may resume the TLS session of the first. */
    TestAgent reconnected() {
        return new TestAgent(plane, hostId, name, tls);
    }

    static TestAgent enrol(TestPlane plane, String name) {
        KeyPair pair = TestKeys.p256();
        EnrollResponse response = enroll(plane, plane.token(), name, TestKeys.request(pair));
        return new TestAgent(plane, response.getHostId(), response.getHostName(), tls(plane, pair, chain(response)));
    }

    static EnrollResponse enroll(TestPlane plane, String token, String name, byte[] csr) {
        return enroll(
                plane,
                EnrollRequest.newBuilder()
                        .setToken(token)
                        .setHostname(name)
                        .setCsr(ByteString.copyFrom(csr))
                        .setAgentVersion("0.1.0")
                        .build());
    }

    static EnrollResponse enroll(TestPlane plane, EnrollRequest request) {
        ManagedChannel channel = channel(plane, tls(plane, null, List.of()));
        try {
            return EnrollmentGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(Duration.ofSeconds(WAIT_SECONDS))
                    .enroll(request);
        } finally {
            channel.shutdownNow();
        }
    }

    /** With a certificate of this authority, whichever that is, for this host. */
    static TestAgent certifiedBy(CertificateAuthority authority, TestPlane plane, String hostId, Duration lifetime) {
        KeyPair pair = TestKeys.p256();
        List<X509Certificate> chain = authority
                .issueForHost(hostId, new CertificateRequest(pair.getPublic()), lifetime)
                .chain();
        return new TestAgent(plane, hostId, "?", tls(plane, pair, chain));
    }

    static TestAgent withoutCertificate(TestPlane plane) {
        return new TestAgent(plane, "", "?", tls(plane, null, List.of()));
    }

    /** The JDK's TLS, as agents have it. */
    private static SslContext tls(TestPlane plane, @Nullable KeyPair pair, List<X509Certificate> chain) {
        try {
            SslContextBuilder tls = GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
                    .trustManager(plane.authority.certificate())
                    .protocols("TLSv1.3");
            if (pair != null) {
                tls.keyManager(new InsistentKeys(pair.getPrivate(), chain));
            }
            return tls.build();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ManagedChannel channel(TestPlane plane, SslContext tls) {
        return NettyChannelBuilder.forAddress("localhost", plane.plane.port())
                .sslContext(tls)
                .directExecutor()
                .build();
    }

    private static List<X509Certificate> chain(EnrollResponse response) {
        try {
            List<X509Certificate> chain = new ArrayList<>();
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (ByteString der : response.getCertificateChainList()) {
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.toByteArray())));
            }
            return chain;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    EnrollmentGrpc.EnrollmentBlockingStub enrollment() {
        return EnrollmentGrpc.newBlockingStub(channel).withDeadlineAfter(Duration.ofSeconds(WAIT_SECONDS));
    }

    ContentGrpc.ContentBlockingStub content() {
        return ContentGrpc.newBlockingStub(channel).withDeadlineAfter(Duration.ofSeconds(WAIT_SECONDS));
    }

    /** A stream on which nothing was said. */
    Connection open() {
        return new Connection(SessionGrpc.newStub(channel));
    }

    /** A stream that was welcomed. */
    Connection connect(String instance, OpenRun... runs) {
        Connection connection = open();
        connection.say(hello(instance, runs));
        connection.welcome();
        return connection;
    }

    static Hello.Builder hello(String instance, OpenRun... runs) {
        return Hello.newBuilder()
                .setAgentVersion("0.1.0")
                .setBootId("boot")
                .setProtocolMin(1)
                .setProtocolMax(1)
                .setFactsDigest("")
                .setInstanceId(instance)
                .addAllOpenRuns(List.of(runs));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** One stream, seen from the agent. */
    static final class Connection implements StreamObserver<ControllerMessage> {
        private final BlockingQueue<ControllerMessage> heard = new LinkedBlockingQueue<>();
        private final CompletableFuture<Status> ended = new CompletableFuture<>();
        private final StreamObserver<AgentMessage> out;
        private @Nullable Welcome welcome;

        private Connection(SessionGrpc.SessionStub stub) {
            this.out = stub.connect(this);
        }

        void say(Hello.Builder hello) {
            say(AgentMessage.newBuilder().setHello(hello));
        }

        void say(AgentMessage.Builder message) {
            out.onNext(message.build());
        }

        Welcome welcome() {
            Welcome known = welcome;
            if (known == null) {
                ControllerMessage first = next();
                if (!first.hasWelcome()) {
                    throw new AssertionError("the first answer is no Welcome but " + first);
                }
                known = first.getWelcome();
                welcome = known;
            }
            return known;
        }

        /** The next message. */
        ControllerMessage next() {
            try {
                ControllerMessage message = heard.poll(WAIT_SECONDS, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("nothing was heard for " + WAIT_SECONDS + " s; ended: " + ended);
                }
                return message;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        boolean heardNothing() {
            return heard.isEmpty() && !ended.isDone();
        }

        GoAway goAway() {
            for (ControllerMessage message = next(); ; message = next()) {
                if (message.hasGoAway()) {
                    return message.getGoAway();
                }
            }
        }

        Status status() {
            return ended.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
        }

        /** Ends it as a process that dies does. */
        void drop() {
            out.onError(Status.CANCELLED.asRuntimeException());
        }

        @Override
        public void onNext(ControllerMessage message) {
            heard.add(message);
        }

        @Override
        public void onError(Throwable failure) {
            ended.complete(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            ended.complete(Status.OK);
        }
    }
}
