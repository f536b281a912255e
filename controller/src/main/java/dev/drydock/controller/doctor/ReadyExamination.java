package dev.drydock.controller.doctor;

import dev.drydock.controller.diagnosis.Examination;
import dev.drydock.controller.diagnosis.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Asks a controller that runs whether it is ready, from this machine.
 *
 * @param api where it listens
 * @param authority the CA's certificate
 */
public record ReadyExamination(InetSocketAddress api, Path authority) implements Examination {
    private static final String AREA = "controller";
    private static final int PATIENCE = (int) Duration.ofSeconds(10).toMillis();
    private static final int MOST = 64 << 10;

    @Override
    public List<Finding> examine(Instant now) throws Exception {
        if (api.getPort() == 0) {
            return List.of(); // The ready line alone says where it is.
        }
        InetAddress address =
                api.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : api.getAddress();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, api.getPort()), PATIENCE);
            plain.setSoTimeout(PATIENCE);
            try (SSLSocket tls = (SSLSocket)
                    trusting().getSocketFactory().createSocket(plain, address.getHostAddress(), api.getPort(), true)) {
                String answer = ask(tls);
                String body = answer.substring(answer.indexOf("\r\n\r\n") + 1).strip();
                return List.of(
                        answer.startsWith("HTTP/1.1 200")
                                ? Finding.fine(AREA, "answers, and says that it is ready")
                                : Finding.trouble(
                                        AREA,
                                        "answers, and says that it is not ready: " + body,
                                        "See its log: journalctl -u drydock-controller"));
            }
        } catch (SocketTimeoutException e) {
            return List.of(Finding.trouble(
                    AREA,
                    "does not answer within " + PATIENCE / 1_000 + " s at " + address.getHostAddress() + ":"
                            + api.getPort(),
                    "See its log (journalctl -u drydock-controller), then restart it; runs on hosts go on meanwhile."));
        } catch (SSLException e) {
            return List.of(Finding.trouble(
                    AREA,
                    "what answers shows no certificate of this CA: " + e.getMessage(),
                    "Another program listens there, or the controller runs with another CA: restart it."));
        } catch (IOException e) {
            return List.of(); // Nobody listens: that is said of the ports.
        }
    }

    private static String ask(SSLSocket tls) throws IOException {
        tls.getOutputStream()
                .write("GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return new String(tls.getInputStream().readNBytes(MOST), StandardCharsets.UTF_8);
    }

    private SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
