package dev.drydock.agent.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS 1.3 with the JDK. A factory remembers its sessions, so that coming back is cheap: keep it as long as the identity. */
public final class Tls {
    private static final char[] NO_PASSWORD = {};

    private Tls() {}

    /** Shows the host's certificate and trusts its authorities alone. */
    public static SSLSocketFactory of(Identity identity) throws IdentityException {
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry(
                    "host", identity.key(), NO_PASSWORD, identity.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            return factory(keys.getKeyManagers(), trust(identity.roots()));
        } catch (GeneralSecurityException | IOException e) {
            throw IdentityException.failed("this host's identity cannot be used for TLS: " + e.getMessage(), e);
        }
    }

    /** Shows nothing and trusts the authority with that fingerprint. */
    static SSLSocketFactory of(FingerprintTrust trust) {
        try {
            return factory(null, trust);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java speaks no TLS 1.3", e);
        }
    }

    /** Shows nothing and trusts nobody. */
    static SSLSocketFactory nobody() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[0], null);
        return new OneKeyShare(context.getSocketFactory());
    }

    static X509TrustManager trust(List<X509Certificate> roots) throws GeneralSecurityException {
        try {
            KeyStore store = emptyStore();
            for (int i = 0; i < roots.size(); i++) {
                store.setCertificateEntry("ca" + i, roots.get(i));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            return (X509TrustManager) trust.getTrustManagers()[0];
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        // Never written: PKCS12 would wrap the key with ten thousand rounds of a password that is none, at each start.
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        return store;
    }

    private static SSLSocketFactory factory(KeyManager @Nullable [] keys, X509TrustManager trust)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys, new TrustManager[] {trust}, null);
        return new OneKeyShare(context.getSocketFactory());
    }
}
