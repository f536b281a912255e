package dev.drydock.controller.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.store.SqlPlaybooks;
import dev.drydock.controller.store.SqlSigners;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.TestStores;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.Problem;
import dev.drydock.playbooks.sign.Envelope;
import dev.drydock.playbooks.sign.SignatureRefusedException;
import dev.drydock.playbooks.sign.SignatureRefusedException.Reason;
import dev.drydock.playbooks.sign.SigningKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlaybookLibraryTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final String FIRST = Signed.yaml("web-monthly", "first");
    private static final String SECOND = Signed.yaml("web-monthly", "second");

    private final SigningKey ops = SigningKey.generate("ops-2026");
    private final SigningKey stranger = SigningKey.generate("stranger");

    @TempDir
    Path directory;

    private SqlStore store;
    private PlaybookLibrary library;
    private List<Problem> lintErrors = List.of();

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        Signers signers = new Signers(new SqlSigners(store), () -> NOON);
        signers.pin("ops-2026", ops.signer().rawKey());
        library = new PlaybookLibrary(new SqlPlaybooks(store), signers, (file, yaml) -> lintErrors, () -> NOON);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void numbersVersionsAndKeepsWhatWasPushed() throws Exception {
        PushedPlaybook first = push(FIRST);
        PushedPlaybook second = push(SECOND);
        push(Signed.yaml("db-weekly", "other"));

        assertThat(first.reference()).isEqualTo("web-monthly@1");
        assertThat(second.reference()).isEqualTo("web-monthly@2");
        assertThat(first)
                .extracting(PushedPlaybook::signer, PushedPlaybook::keyId, PushedPlaybook::pushedAt)
                .containsExactly("ops-2026", ops.signer().keyId(), NOON);
        assertThat(library.newest())
                .extracting(PushedPlaybook::reference)
                .containsExactly("db-weekly@1", "web-monthly@2");
        assertThat(library.versions("web-monthly")).containsExactly(second, first);
        assertThat(library.get("web-monthly").playbook()).isEqualTo(second);
        assertThat(library.get("web-monthly@1"))
                .satisfies(document -> assertThat(document.playbook()).isEqualTo(first))
                .satisfies(document -> assertThat(document.source()).isEqualTo(FIRST))
                .satisfies(document -> assertThat(document.envelope()).isEqualTo(Signed.envelope(FIRST, ops)));
        assertThat(library.envelope(first.digest())).contains(Signed.envelope(FIRST, ops));
        assertThat(library.envelope("0".repeat(64))).isEmpty();
    }

    @Test
    void theSameContentAgainIsTheVersionThatItWas() throws Exception {
        PushedPlaybook first = push(FIRST);
        push(SECOND);

        String reformatted = "# a comment\n" + FIRST;
        assertThat(push(reformatted)).isEqualTo(first);
        assertThat(library.versions("web-monthly")).hasSize(2);
        assertThat(library.get("web-monthly@1").source()).isEqualTo(FIRST);
    }

    @Test
    void refusesWhatNoPinnedSignerSigned() {
        assertRefused(Signed.envelope(FIRST, stranger), Reason.UNKNOWN_SIGNER, "ops-2026");
    }

    @Test
    void refusesWhatWasChangedAfterItWasSigned() {
        String envelope = new String(Signed.envelope(FIRST, ops), StandardCharsets.UTF_8);
        String payload = base64(payload(FIRST));
        assertThat(envelope).contains(payload);
        byte[] tampered = envelope.replace(payload, base64(payload(SECOND))).getBytes(StandardCharsets.UTF_8);
        assertRefused(tampered, Reason.BAD_SIGNATURE, "changed after it was signed");
    }

    @Test
    void refusesWhatIsNoEnvelope() {
        assertRefused("{}".getBytes(StandardCharsets.UTF_8), Reason.MALFORMED, "payload");
    }

    @Test
    void refusesASourceThatIsNotWhatWasSigned() {
        assertThatExceptionOfType(InvalidPlaybookException.class)
                .isThrownBy(() -> library.push(Signed.envelope(FIRST, ops), SECOND))
                .withMessageContaining("is not what ops-2026 signed");
        assertThat(library.newest()).isEmpty();
    }

    @Test
    void refusesASourceThatIsNoPlaybookWithAllProblems() {
        String broken = FIRST.replace("maintenance: preventive", "maintenance: sometimes") + "  stepz: []\n";
        assertThatExceptionOfType(InvalidPlaybookException.class)
                .isThrownBy(() -> library.push(Signed.envelope(FIRST, ops), broken))
                .satisfies(e -> assertThat(e.problems()).hasSize(2))
                .withMessageContaining("web-monthly.yaml:3:")
                .withMessageContaining("did you mean steps?");
    }

    @Test
    void refusesWhatTheLinterRefuses() {
        lintErrors = List.of(
                new Problem("web-monthly.yaml", 6, 7, "spec.steps[0]", "first", Optional.empty()),
                new Problem("web-monthly.yaml", 6, 20, "spec.steps[0]", "second", Optional.empty()));
        assertThatExceptionOfType(InvalidPlaybookException.class)
                .isThrownBy(() -> push(FIRST))
                .satisfies(e -> assertThat(e.problems()).isEqualTo(lintErrors));
        assertThat(library.newest()).isEmpty();
    }

    @Test
    void saysWhichPlaybooksThereAre() throws Exception {
        assertThatThrownBy(() -> library.get("web"))
                .isInstanceOf(UnknownPlaybookException.class)
                .hasMessageContaining("None was pushed yet");
        push(FIRST);
        assertThatThrownBy(() -> library.get("web-montly"))
                .isInstanceOf(UnknownPlaybookException.class)
                .hasMessageContaining("Did you mean web-monthly?");
        assertThatThrownBy(() -> library.get("web-monthly@9"))
                .isInstanceOf(UnknownPlaybookException.class)
                .hasMessageContaining("There is no version 9")
                .hasMessageContaining("web-monthly@1");
        assertThatThrownBy(() -> library.versions("web-montly")).hasMessageContaining("Did you mean web-monthly?");
    }

    @Test
    void refusesReferencesOfAnotherForm() {
        for (String reference : List.of("", "web@", "web@0", "web@x", "@1", "web@1@2", "web@99999999999")) {
            assertThatThrownBy(() -> library.get(reference))
                    .as(reference)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("web-monthly@7");
        }
    }

    private PushedPlaybook push(String yaml) throws SignatureRefusedException, InvalidPlaybookException {
        return library.push(Signed.envelope(yaml, ops), yaml);
    }

    private void assertRefused(byte[] envelope, Reason reason, String part) {
        assertThatExceptionOfType(SignatureRefusedException.class)
                .isThrownBy(() -> library.push(envelope, FIRST))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .withMessageContaining(part);
        assertThat(library.newest()).isEmpty();
    }

    private byte[] payload(String yaml) {
        try {
            return Envelope.read(Signed.envelope(yaml, ops)).unverifiedPayload();
        } catch (SignatureRefusedException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
