package dev.drydock.agent.doctor;

import dev.drydock.agent.identity.ConnectFault;
import dev.drydock.agent.identity.ControllerAddress;
import dev.drydock.agent.identity.Identity;
import dev.drydock.agent.identity.IdentityException;
import dev.drydock.agent.identity.Tls;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Goes the agent's way to its controller once, step by step, so that it can be said which one fails. */
final class Reach {
    private static final String AREA = "controller";
    private static final int PATIENCE = (int) Duration.ofSeconds(10).toMillis();

    private Reach() {}

    /** Blocks for some seconds at most. */
    static Finding to(Identity identity, Instant now) {
        ControllerAddress address = identity.controller();
        InetAddress resolved;
        try {
            resolved = InetAddress.getByName(address.host());
        } catch (UnknownHostException e) {
            return Finding.trouble(
                    AREA,
                    "the name " + address.host() + " cannot be resolved",
                    "See this host's resolver: getent hosts " + address.host());
        }
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(resolved, address.port()), PATIENCE);
            plain.setSoTimeout(PATIENCE);
            greet(plain, identity);
            return Finding.fine(AREA, address + " (" + resolved.getHostAddress() + ") lets this host in");
        } catch (SocketTimeoutException e) {
            return Finding.trouble(
                    AREA,
                    address + " (" + resolved.getHostAddress() + ") does not answer",
                    "A firewall between drops what goes to port " + address.port() + ", or the controller is down.");
        } catch (IOException | IdentityException e) {
            return Finding.trouble(
                    AREA,
                    ConnectFault.explain(Status.UNAVAILABLE.withCause(e).withDescription(e.getMessage()), address, now),
                    "See that drydock-controller runs there and that the port is open to this host.");
        }
    }

    /** A refused certificate is heard of by who reads, not by the handshake (RFC 8446, 4.4.2.4): HTTP/2 speaks first. */
    private static void greet(Socket plain, Identity identity) throws IOException, IdentityException {
        ControllerAddress address = identity.controller();
        try (SSLSocket tls = (SSLSocket) Tls.of(identity).createSocket(plain, address.host(), address.port(), true)) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setApplicationProtocols(new String[] {"h2"});
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            if (tls.getInputStream().read() < 0) {
                throw new IOException("it closed the connection without a word");
            }
        }
    }
}
