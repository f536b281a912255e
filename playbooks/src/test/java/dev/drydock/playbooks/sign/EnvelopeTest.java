package dev.drydock.playbooks.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.library.Library;
import dev.drydock.playbooks.parse.PlaybookParser;
import dev.drydock.playbooks.sign.SignatureRefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static final SigningKey OPS = SigningKey.generate("ops");
    private static final SigningKey OTHER = SigningKey.generate("other");
    private static final byte[] CANONICAL = canonical();

    private static byte[] canonical() {
        try {
            return CanonicalForm.write(PlaybookParser.parse("x", Library.source("security-updates")));
        } catch (InvalidPlaybookException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Reason refusal(Envelope envelope, PublicSigner... pinned) {
        return catchThrowableOfType(SignatureRefusedException.class, () -> envelope.verify(List.of(pinned)))
                .reason();
    }

    private static Envelope with(String type, byte[] payload, Envelope.Signed... signed) {
        return new Envelope(type, payload, List.of(signed));
    }

    private static Envelope.Signed signature(SigningKey key, String type, byte[] payload) {
        return new Envelope.Signed(key.signer().keyId(), key.sign(Envelope.preAuthenticationEncoding(type, payload)));
    }

    @Test
    void whatAPinnedSignerSignedIsBelieved() throws SignatureRefusedException {
        byte[] json = Envelope.sign(CANONICAL, OPS).write();

        VerifiedPlaybook verified = Envelope.read(json).verify(List.of(OTHER.signer(), OPS.signer()));

        assertThat(verified.signer()).isEqualTo(OPS.signer());
        assertThat(verified.digest()).isEqualTo(CanonicalForm.digest(CANONICAL));
        assertThat(CanonicalForm.write(verified.playbook())).isEqualTo(CANONICAL);
    }

    /** The example of the DSSE specification. */
    @Test
    void theSignedBytesAreThoseOfTheStandard() {
        assertThat(new String(
                        Envelope.preAuthenticationEncoding(
                                "http://example.com/HelloWorld", "hello world".getBytes(StandardCharsets.UTF_8)),
                        StandardCharsets.UTF_8))
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    @Test
    void anotherSignerIsUnknown() {
        Envelope envelope = Envelope.sign(CANONICAL, OTHER);

        assertThat(refusal(envelope, OPS.signer())).isEqualTo(Reason.UNKNOWN_SIGNER);
        assertThat(refusal(envelope)).isEqualTo(Reason.UNKNOWN_SIGNER);
        assertThatThrownBy(() -> envelope.verify(List.of(OPS.signer())))
                .hasMessageContaining(OTHER.signer().keyId())
                .hasMessageContaining("ops (Ed25519 ");
    }

    @Test
    void aSignatureUnderAPinnedKeysNameIsStillChecked() {
        Envelope forged = with(
                Envelope.PAYLOAD_TYPE,
                CANONICAL,
                new Envelope.Signed(
                        OPS.signer().keyId(),
                        OTHER.sign(Envelope.preAuthenticationEncoding(Envelope.PAYLOAD_TYPE, CANONICAL))));

        assertThat(refusal(forged, OPS.signer())).isEqualTo(Reason.BAD_SIGNATURE);
    }

    @Property(tries = 200)
    void aChangedBitOfThePayloadIsSeen(@ForAll @IntRange(max = 100_000) int place, @ForAll @IntRange(max = 7) int bit) {
        byte[] changed = CANONICAL.clone();
        changed[place % changed.length] ^= (byte) (1 << bit);
        Envelope envelope = with(Envelope.PAYLOAD_TYPE, changed, signature(OPS, Envelope.PAYLOAD_TYPE, CANONICAL));

        assertThat(refusal(envelope, OPS.signer())).isEqualTo(Reason.BAD_SIGNATURE);
    }

    @Test
    void aSignatureForAnotherTypeIsNoneForAPlaybook() {
        String other = "application/vnd.in-toto+json";

        assertThat(refusal(with(other, CANONICAL, signature(OPS, other, CANONICAL)), OPS.signer()))
                .isEqualTo(Reason.WRONG_PAYLOAD_TYPE);
        assertThat(refusal(with(Envelope.PAYLOAD_TYPE, CANONICAL, signature(OPS, other, CANONICAL)), OPS.signer()))
                .isEqualTo(Reason.BAD_SIGNATURE);
    }

    @Test
    void oneGoodSignatureAmongOthersIsEnough() throws SignatureRefusedException {
        Envelope envelope = with(
                Envelope.PAYLOAD_TYPE,
                CANONICAL,
                signature(OTHER, Envelope.PAYLOAD_TYPE, CANONICAL),
                signature(OPS, Envelope.PAYLOAD_TYPE, CANONICAL));

        assertThat(envelope.verify(List.of(OPS.signer())).signer()).isEqualTo(OPS.signer());
    }

    @Test
    void aSignedPayloadThatIsNoCanonicalPlaybookIsRefused() {
        byte[] spaced = (new String(CANONICAL, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8);

        assertThat(refusal(Envelope.sign(spaced, OPS), OPS.signer())).isEqualTo(Reason.INVALID_PLAYBOOK);
        assertThat(refusal(Envelope.sign(new byte[0], OPS), OPS.signer())).isEqualTo(Reason.INVALID_PLAYBOOK);
    }

    @Test
    void writtenEnvelopesAreReadBackTheSame() throws SignatureRefusedException {
        byte[] json = Envelope.sign(CANONICAL, OPS).write();

        Envelope read = Envelope.read(json);

        assertThat(read.write()).isEqualTo(json);
        assertThat(read.unverifiedPayload()).isEqualTo(CANONICAL);
        assertThat(read.claimedKeyIds()).containsExactly(OPS.signer().keyId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{'payload':'','payloadType':'t','signatures':[]}",
                "{'payload':'','payloadType':'t','signatures':[{'keyid':'k','sig':'AAAA'}]}",
                "{'payload':'?','payloadType':'t','signatures':[{'keyid':'k','sig':'SIG'}]}",
                "{'payload':'','payloadType':'','signatures':[{'keyid':'k','sig':'SIG'}]}",
                "{'payload':'','payloadType':'t','signatures':[{'keyid':'','sig':'SIG'}]}",
                "{'payload':'','payloadType':'t','signatures':[{'sig':'SIG'}]}",
                "{'payload':'','payloadType':'t','signatures':[{'keyid':'k','sig':'SIG'}],'more':1}",
                "{'payload':'','payload':'','payloadType':'t','signatures':[{'keyid':'k','sig':'SIG'}]}",
                "{'payload':'','payloadType':'t','signatures':[{'keyid':'k','sig':'SIG'}]}x"
            })
    void whatIsNoEnvelopeIsMalformed(String json) {
        String text = json.replace('\'', '"').replace("SIG", Base64.getEncoder().encodeToString(new byte[64]));

        SignatureRefusedException refused = catchThrowableOfType(
                SignatureRefusedException.class, () -> Envelope.read(text.getBytes(StandardCharsets.UTF_8)));

        assertThat(refused.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(refused).hasMessageStartingWith("not a DSSE envelope: ");
    }

    @Test
    void envelopesAreBounded() {
        assertThatThrownBy(() -> Envelope.read(new byte[Envelope.MAX_BYTES + 1]))
                .hasMessageContaining("bytes");
        byte[] nine = with(
                        "t",
                        new byte[0],
                        java.util.stream.IntStream.range(0, 9)
                                .mapToObj(i -> new Envelope.Signed("k", new byte[64]))
                                .toArray(Envelope.Signed[]::new))
                .write();
        assertThatThrownBy(() -> Envelope.read(nine)).hasMessageContaining("signatures must be a list of 1 to 8");
    }
}
