package dev.drydock.controller.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.agents.TestKeys;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CertificateRequestTest {
    @Test
    void takesTheKeyAndNothingElse() {
        KeyPair pair = TestKeys.p256();
        assertThat(CertificateRequest.parse(TestKeys.request(pair)).key()).isEqualTo(pair.getPublic());
    }

    @Test
    void refusesAKeyThatTheSenderDoesNotHold() {
        byte[] request = TestKeys.request(TestKeys.p256(), TestKeys.p256(), "SHA256withECDSA");
        assertThatThrownBy(() -> CertificateRequest.parse(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not signed by the key that it is for")
                .hasMessageContaining("Expected a PKCS#10 request");
    }

    @Test
    void refusesOtherCurvesAndKinds() throws Exception {
        assertThatThrownBy(() -> CertificateRequest.parse(TestKeys.request(TestKeys.ec("secp384r1"))))
                .hasMessageContaining("another curve than P-256");
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        assertThatThrownBy(() -> CertificateRequest.parse(TestKeys.request(rsa, rsa, "SHA256withRSA")))
                .hasMessageContaining("not EC");
        KeyPair ed = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        assertThatThrownBy(() -> CertificateRequest.parse(TestKeys.request(ed, ed, "Ed25519")))
                .hasMessageContaining("not EC");
    }

    @Test
    void refusesWhatIsNoRequestWhateverItIs() {
        assertThatThrownBy(() -> CertificateRequest.parse(new byte[0])).hasMessageContaining("0 bytes");
        assertThatThrownBy(() -> CertificateRequest.parse(new byte[9_000])).hasMessageContaining("9000 bytes");
        Random random = new Random(42);
        byte[] good = TestKeys.request(TestKeys.p256());
        for (int i = 0; i < 2_000; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
            assertThatThrownBy(() -> CertificateRequest.parse(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
