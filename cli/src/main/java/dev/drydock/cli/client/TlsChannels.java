package dev.drydock.cli.client;

import dev.drydock.cli.CliException;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS to the controller, trusting the context's CA file and nothing else. */
public final class TlsChannels implements Channels {
    private static final int LARGEST_ANSWER = 64 * 1024 * 1024;

    private static final String[] PROTOCOL = {"TLSv1.3"};
    private static final String[] SUITES = {
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
    };

    /** With credentials OkHttp would stay at TLS 1.2, which no controller speaks: hence a socket factory. */
    @Override
    public ManagedChannel open(Target target) {
        return OkHttpChannelBuilder.forAddress(target.host(), target.port())
                .sslSocketFactory(trusting(target).getSocketFactory())
                .tlsConnectionSpec(PROTOCOL, SUITES)
                .maxInboundMessageSize(LARGEST_ANSWER)
                .userAgent("drydock")
                .build();
    }

    private static SSLContext trusting(Target target) {
        if (!Files.isReadable(target.ca())) {
            throw unusable(target, "it does not exist or cannot be read");
        }
        try (InputStream pem = Files.newInputStream(target.ca())) {
            // Never written: what PKCS12 is made of need not be there.
            KeyStore authorities = KeyStore.getInstance("JKS");
            authorities.load(null, null);
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                authorities.setCertificateEntry("ca-" + authorities.size(), authority);
            }
            if (authorities.size() == 0) {
                throw unusable(target, "it holds no certificate");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(target, String.valueOf(e.getMessage()));
        }
    }

    private static CliException unusable(Target target, String why) {
        return CliException.failed(
                "Cannot use the CA file " + target.ca() + " of context " + target.context() + ": " + why + ".",
                "Copy ca.crt from the controller's data directory and run drydock login again.");
    }
}
