package dev.drydock.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

class OneKeyShareTest {
    @Test
    void offersTheCurvesOfNistAlone() throws Exception {
        SSLSocketFactory sockets = Tls.nobody();
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                Socket below = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket plain = sockets.createSocket();
                Socket layered = sockets.createSocket(below, "localhost", server.getLocalPort(), true);
                Socket connected = sockets.createSocket(server.getInetAddress(), server.getLocalPort())) {
            for (Socket socket : new Socket[] {plain, layered, connected}) {
                assertThat(((SSLSocket) socket).getSSLParameters().getNamedGroups())
                        .containsExactly("secp256r1", "secp384r1");
            }
        }
    }
}
