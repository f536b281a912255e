package dev.drydock.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.testing.TestCa;
import dev.drydock.playbooks.sign.PublicSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityStoreTest {
    @TempDir
    Path directory;

    private IdentityStore store;
    private final TestCa ca = new TestCa();

    @BeforeEach
    void open() {
        store = new IdentityStore(directory.resolve("identity"));
    }

    private Identity identity(String id) {
        HostKey key = HostKey.create(new SecureRandom());
        Instant now = Instant.now();
        return new Identity(
                id,
                "web-01",
                new ControllerAddress("ops", 7443),
                "/",
                key.pair().getPrivate(),
                List.of(ca.host(id, key.request(id), now.minusSeconds(10), now.plusSeconds(600)), ca.certificate()),
                List.of(ca.certificate()),
                List.of(PublicSigner.of("ops", new byte[32])));
    }

    private Path key() throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(path -> path.endsWith("key.pem")).findAny().orElseThrow();
        }
    }

    @Test
    void isEmptyBeforeEnrolment() throws Exception {
        assertThat(store.load()).isEmpty();
        assertThat(store.exists()).isFalse();
    }

    @Test
    void readsBackWhatWasAdoptedWithAKeyForItsOwnerAlone() throws Exception {
        Identity identity = identity("h-1");
        store.adopt(store.stage(identity));
        assertThat(store.load()).contains(identity);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
                .isEqualTo("rw-------");
    }

    @Test
    void whatWasStagedAndNotAdoptedDoesNotCount() throws Exception {
        Identity first = identity("h-1");
        store.adopt(store.stage(first));
        store.stage(identity("h-2"));
        assertThat(new IdentityStore(directory.resolve("identity")).load()).contains(first);
        store.removeOthers();
        assertThat(store.load()).contains(first);
        assertThat(directory.resolve("identity/2")).doesNotExist();
    }

    @Test
    void adoptingRemovesTheOldOne() throws Exception {
        store.adopt(store.stage(identity("h-1")));
        Identity second = identity("h-2");
        store.adopt(store.stage(second));
        assertThat(store.load()).contains(second);
        assertThat(directory.resolve("identity/1")).doesNotExist();
    }

    @Test
    void aKeyThatOthersMayReadIsNotUsed() throws Exception {
        store.adopt(store.stage(identity("h-1")));
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(store::load).hasMessageContaining("chmod 600");
    }

    @Test
    void damageIsToldWithTheWayOut() throws Exception {
        store.adopt(store.stage(identity("h-1")));
        Files.writeString(key().resolveSibling("certificate.pem"), "nonsense");
        assertThatThrownBy(store::load).hasMessageContaining("damaged").hasMessageContaining("enroll --force");
    }
}
