package dev.drydock.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.drydock.agent.testing.TestCa;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IssuedChainTest {
    private final TestCa ca = new TestCa();
    private final HostKey key = HostKey.create(new SecureRandom());

    private List<ByteString> chain(String id, HostKey of, Instant until) throws Exception {
        X509Certificate leaf = ca.host(id, of.request(id), Instant.now().minusSeconds(7200), until);
        return List.of(ByteString.copyFrom(leaf.getEncoded()));
    }

    private IssuedChain read(List<ByteString> chain, List<X509Certificate> trusted) throws IdentityException {
        return IssuedChain.read(chain, List.of(), trusted, key.pair().getPublic(), "h-1");
    }

    @Test
    void takesACertificateForThisKeyAndHost() throws Exception {
        Instant later = Instant.now().plusSeconds(600);
        assertThat(read(chain("h-1", key, later), List.of(ca.certificate())).chain())
                .hasSize(1);
    }

    @Test
    void refusesEveryOther() throws Exception {
        Instant later = Instant.now().plusSeconds(600);
        List<X509Certificate> trusted = List.of(ca.certificate());
        assertThatThrownBy(() -> read(List.of(), trusted)).hasMessageContaining("there is none");
        assertThatThrownBy(() -> read(chain("h-2", key, later), trusted)).hasMessageContaining("not for CN=h-1");
        assertThatThrownBy(() -> read(chain("h-1", HostKey.create(new SecureRandom()), later), trusted))
                .hasMessageContaining("another key");
        assertThatThrownBy(() -> read(chain("h-1", key, later), List.of(new TestCa().certificate())))
                .isInstanceOf(IdentityException.class);
        assertThatThrownBy(() -> read(chain("h-1", key, Instant.now().minusSeconds(60)), trusted))
                .isInstanceOf(IdentityException.class);
    }
}
