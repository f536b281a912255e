package dev.drydock.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** Another implementation reads what ours writes. */
class HostKeyTest {
    private final HostKey key = HostKey.create(new SecureRandom());

    /** Names from nothing to such that lengths take one, two and three bytes. */
    @Property(tries = 60)
    void requestsAreReadAndProven(@ForAll @AlphaChars @StringLength(max = 700) String name) throws Exception {
        byte[] request = key.request(name);

        JcaPKCS10CertificationRequest read = new JcaPKCS10CertificationRequest(request);
        assertThat(read.getEncoded()).isEqualTo(request);
        assertThat(read.getSubject()).hasToString("CN=" + name);
        assertThat(read.getPublicKey()).isEqualTo(key.pair().getPublic());
        assertThat(read.getAttributes()).isEmpty();
        assertThat(read.isSignatureValid(
                        new JcaContentVerifierProviderBuilder().build(key.pair().getPublic())))
                .isTrue();
    }

    @Property(tries = 20)
    void whatIsNoNameIsNotInIt(@ForAll @StringLength(min = 1, max = 20) String name) throws Exception {
        assertThat(new JcaPKCS10CertificationRequest(key.request(name))
                        .getSubject()
                        .toString())
                .matches("CN=[A-Za-z0-9._-]*");
    }
}
