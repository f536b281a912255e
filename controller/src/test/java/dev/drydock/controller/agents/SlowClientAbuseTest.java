package dev.drydock.controller.agents;

import static org.awaitility.Awaitility.await;

import dev.drydock.controller.agents.TestAgent.Connection;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.FactsReport;
import dev.drydock.proto.facts.v1.Host;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the agents' port that begin something and do not go on: they are let go, and agents are served. */
final class SlowClientAbuseTest {
    private static final int ENOUGH_MILLIS = 30_000;

    @TempDir
    Path directory;

    private final List<Socket> sockets = new ArrayList<>();

    private Socket plain(TestPlane plane) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), plane.plane.port());
        socket.setSoTimeout(ENOUGH_MILLIS);
        sockets.add(socket);
        return socket;
    }

    /** TLS is done; of HTTP/2 nothing comes. */
    private Socket secured(TestPlane plane) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream ca = new FileInputStream(directory.resolve("ca.crt").toFile())) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(ca));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(plain(plane), "127.0.0.1", plane.plane.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        sockets.add(socket);
        socket.startHandshake();
        return socket;
    }

    /** A server that does not close fails by the socket's time limit. */
    private static void untilClosed(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // The server's own settings come without being asked for.
            }
        } catch (SocketException e) {
            // It was reset: closed as well.
        }
    }

    @Test
    void whoNeverEndsAHandshakeIsLetGoAndAgentsGoOn() throws Exception {
        try (TestPlane plane = TestPlane.in(
                        directory,
                        TestPlane.Options.DEFAULT.with(TestPlane.Options.settings(1, 1, Duration.ofSeconds(2))));
                TestAgent agent = plane.agent("web");
                TestAgent newcomer = plane.agent("db")) {
            Connection quiet = agent.connect("i-1");
            Socket silent = plain(plane);
            Socket half = plain(plane);
            // The begin of a record with a ClientHello.
            half.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3});
            Socket idle = secured(plane);
            newcomer.connect("i-2");
            untilClosed(silent);
            untilClosed(half);
            untilClosed(idle);
            // A stream is quiet by design, and longer than a handshake may take.
            quiet.say(AgentMessage.newBuilder()
                    .setFacts(FactsReport.newBuilder()
                            .setDigest("f1")
                            .setFacts(Host.newBuilder().setKernel("6.1.0"))));
            await().until(() -> plane.plane
                    .directory()
                    .find("web")
                    .orElseThrow()
                    .facts()
                    .getKernel()
                    .equals("6.1.0"));
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
