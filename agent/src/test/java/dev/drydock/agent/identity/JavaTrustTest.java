package dev.drydock.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.testing.TestCa;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

class JavaTrustTest {
    @Test
    void trustsWhomJavaTrustsAndNobodyElse() throws Exception {
        JavaTrust.defer();

        TrustManagerFactory shipped = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        shipped.init((KeyStore) null);
        X509Certificate[] authorities = ((X509TrustManager) shipped.getTrustManagers()[0]).getAcceptedIssuers();
        JavaTrust late = new JavaTrust();
        assertThat(authorities).isNotEmpty();
        assertThat(late.getAcceptedIssuers()).containsExactlyInAnyOrder(authorities);
        X509Certificate[] stranger = {new TestCa().certificate()};
        assertThatThrownBy(() -> late.checkServerTrusted(stranger, "ECDHE_ECDSA"))
                .isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> late.checkClientTrusted(stranger, "ECDHE_ECDSA"))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void leavesTheStoreThatSomebodyNamed() throws Exception {
        String before = System.getProperty("javax.net.ssl.trustStore");
        JavaTrust.defer();
        assertThat(System.getProperty("javax.net.ssl.trustStore")).isEqualTo(before);
        assertThat(SSLContext.getDefault().getSocketFactory().getDefaultCipherSuites())
                .isNotEmpty();
    }
}
