package dev.drydock.controller.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.store.SqlSigners;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.TestStores;
import dev.drydock.playbooks.sign.SigningKey;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignersTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final byte[] one = SigningKey.generate("one").signer().rawKey();
    private final byte[] two = SigningKey.generate("two").signer().rawKey();

    @TempDir
    Path directory;

    private SqlStore store;
    private Signers signers;
    private Instant now = NOON;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        signers = new Signers(new SqlSigners(store), () -> now);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void pinsOnceAndListsByName() {
        PinnedSigner first = signers.pin("ops-2026", one);
        signers.pin("audit", two);
        now = NOON.plusSeconds(60);

        assertThat(signers.pin("ops-2026", one)).isEqualTo(first);
        assertThat(first.pinnedAt()).isEqualTo(NOON);
        assertThat(signers.list()).extracting(pinned -> pinned.signer().name()).containsExactly("audit", "ops-2026");
        assertThat(signers.pinned()).hasSize(2).contains(first.signer());
    }

    @Test
    void neverGivesANameAnotherKey() {
        signers.pin("ops-2026", one);
        assertThatThrownBy(() -> signers.pin("ops-2026", two))
                .isInstanceOf(SignerConflictException.class)
                .hasMessageContaining("pinned for another key")
                .hasMessageContaining("new name");
        assertThat(signers.pinned()).hasSize(1);
    }

    @Test
    void pinsAKeyUnderOneNameOnly() {
        signers.pin("ops-2026", one);
        assertThatThrownBy(() -> signers.pin("other", one))
                .isInstanceOf(SignerConflictException.class)
                .hasMessageContaining("'ops-2026'");
    }

    @Test
    void refusesNameAndKeyThatAreTakenByDifferentSigners() {
        signers.pin("a", one);
        signers.pin("b", two);
        assertThatThrownBy(() -> signers.pin("a", two)).isInstanceOf(SignerConflictException.class);
        assertThat(signers.pinned()).hasSize(2);
    }

    @Test
    void namesAllThatIsWrong() {
        assertThatThrownBy(() -> signers.pin("../x", new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name: '../x'")
                .hasMessageContaining("public_key: has 31 bytes");
    }
}
