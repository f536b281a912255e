package dev.drydock.agent;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.drydock.agent.identity.ControllerAddress;
import dev.drydock.agent.identity.Identity;
import dev.drydock.agent.identity.IdentityStore;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.SessionGrpc;
import dev.drydock.proto.agent.v1.Welcome;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A controller as far as an agent that only waits can tell, on loopback, for the rehearsal in which a host makes the cache of
 * classes of its agent: {@code RehearsalPartner DIRECTORY}. The directory has a key and a certificate that was made for this,
 * {@code keys}, which each shows the other and which is the one that both trust. Writes an agent's data for it into {@code data}, says
 * {@code ready}, says {@code facts} when the agent has sent them, and ends by itself after two minutes and a half.
 */
final class RehearsalPartner extends SessionGrpc.SessionImplBase {
    /** Of a file that lives for seconds. */
    private static final char[] PASSWORD = "rehearsal".toCharArray();

    private static final int PROTOCOL = 1;
    private static final int HEARTBEAT_SECONDS = 30;
    private static final int MOST_SECONDS = 150;

    private final PrintStream out;

    private RehearsalPartner(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        open(Path.of(args[0]), new PrintStream(System.out, true, StandardCharsets.UTF_8))
                .awaitTermination(MOST_SECONDS, TimeUnit.SECONDS);
        System.exit(ExitCode.DONE);
    }

    static Server open(Path directory, PrintStream out) throws Exception {
        KeyStore keys = KeyStore.getInstance(directory.resolve("keys").toFile(), PASSWORD);
        String name = keys.aliases().nextElement();
        X509Certificate certificate = (X509Certificate) keys.getCertificate(name);
        // TLS of Java below a server that knows of none: the library's own speaks 1.2 at most.
        Server server = OkHttpServerBuilder.forPort(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .socketFactory(tls(keys, certificate))
                .addService(new RehearsalPartner(out))
                .build()
                .start();
        IdentityStore store = new IdentityStore(
                Files.createDirectories(directory.resolve("data")).resolve("identity"));
        store.adopt(store.stage(new Identity(
                "rehearsal",
                "rehearsal",
                ControllerAddress.parse("127.0.0.1:" + server.getPort()).orElseThrow(),
                directory.resolve("root").toString(),
                (PrivateKey) keys.getKey(name, PASSWORD),
                List.of(certificate),
                List.of(certificate),
                List.of())));
        out.println("ready");
        return server;
    }

    private static ServerSocketFactory tls(KeyStore keys, X509Certificate certificate) throws Exception {
        KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        shown.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("JKS");
        trusted.load(null, null);
        trusted.setCertificateEntry("rehearsal", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
        return new Mutual(context.getServerSocketFactory());
    }

    /** Sockets that ask for the agent's certificate, and agree on HTTP/2. */
    private static final class Mutual extends ServerSocketFactory {
        private final ServerSocketFactory sockets;

        private Mutual(ServerSocketFactory sockets) {
            this.sockets = sockets;
        }

        private static ServerSocket mutual(ServerSocket socket) {
            SSLServerSocket tls = (SSLServerSocket) socket;
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setNeedClientAuth(true);
            parameters.setApplicationProtocols(new String[] {"h2"});
            tls.setSSLParameters(parameters);
            return tls;
        }

        @Override
        public ServerSocket createServerSocket() throws IOException {
            return mutual(sockets.createServerSocket());
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return mutual(sockets.createServerSocket(port));
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) throws IOException {
            return mutual(sockets.createServerSocket(port, backlog));
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
            return mutual(sockets.createServerSocket(port, backlog, address));
        }
    }

    @Override
    public StreamObserver<AgentMessage> connect(StreamObserver<ControllerMessage> answers) {
        return new StreamObserver<>() {
            @Override
            public void onNext(AgentMessage message) {
                if (message.hasHello()) {
                    answers.onNext(ControllerMessage.newBuilder()
                            .setWelcome(Welcome.newBuilder()
                                    .setServerTime(Timestamp.newBuilder()
                                            .setSeconds(Instant.now().getEpochSecond()))
                                    .setProtocol(PROTOCOL)
                                    .setHeartbeatInterval(Duration.newBuilder().setSeconds(HEARTBEAT_SECONDS))
                                    .setFactsWanted(true))
                            .build());
                } else if (message.hasFacts()) {
                    out.println("facts");
                }
            }

            @Override
            public void onError(Throwable error) {}

            @Override
            public void onCompleted() {
                answers.onCompleted();
            }
        };
    }
}
