package dev.drydock.agent.identity;

import io.grpc.okhttp.OkHttpChannelBuilder;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The authorities that Java ships, read when the first server asks for them: a store of backups, or wordpress.org. To talk to
 * its controller an agent needs none of them; but gRPC asks for Java's default context, to see what this Java can, and Java
 * would read some 140 certificates for that and keep them.
 */
final class JavaTrust extends X509ExtendedTrustManager {
    /** Read whenever a context is made that is not told whom to trust; NONE reads nothing. */
    private static final String STORE = "javax.net.ssl.trustStore";

    private static final Object READING = new Object();

    private @Nullable X509ExtendedTrustManager shipped;

    /** Makes Java's default context one that reads them late, and lets gRPC have its look. Call before gRPC is used. */
    static void defer() {
        synchronized (READING) {
            try {
                SSLContext late = SSLContext.getInstance("TLS");
                late.init(null, new TrustManager[] {new JavaTrust()}, null);
                SSLContext.setDefault(late);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java speaks no TLS", e);
            }
            String store = System.getProperty(STORE);
            System.setProperty(STORE, "NONE");
            try {
                OkHttpChannelBuilder.forAddress("localhost", 1);
            } finally {
                if (store == null) {
                    System.clearProperty(STORE);
                } else {
                    System.setProperty(STORE, store);
                }
            }
        }
    }

    private X509ExtendedTrustManager shipped() throws CertificateException {
        synchronized (READING) {
            X509ExtendedTrustManager trust = shipped;
            if (trust == null) {
                trust = read();
                shipped = trust;
            }
            return trust;
        }
    }

    private static X509ExtendedTrustManager read() throws CertificateException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the authorities that Java ships cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        shipped().checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        shipped().checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        shipped().checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        shipped().checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        shipped().checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        shipped().checkClientTrusted(chain, type, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        try {
            return shipped().getAcceptedIssuers();
        } catch (CertificateException e) {
            return new X509Certificate[0];
        }
    }
}
