package dev.drydock.playbooks.sign;

import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.document.JsonWriter;
import dev.drydock.playbooks.sign.SignatureRefusedException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A DSSE envelope (github.com/secure-systems-lab/dsse, version 1.0.2): bytes with their type and signatures over both.
 * Nothing in it may be used before {@link #verify}. Immutable.
 */
public final class Envelope {
    public static final String PAYLOAD_TYPE = "application/vnd.drydock.playbook.v1+json";

    /** The longest envelope that is read: base64 of the longest playbook and room for the signatures. */
    public static final int MAX_BYTES = CanonicalForm.MAX_BYTES / 3 * 4 + 16 * 1024;

    /** The most signatures that one envelope may carry. */
    public static final int MAX_SIGNATURES = 8;

    private final String payloadType;
    private final byte[] payload;
    private final List<Signed> signatures;

    Envelope(String payloadType, byte[] payload, List<Signed> signatures) {
        this.payloadType = payloadType;
        this.payload = payload.clone();
        this.signatures = List.copyOf(signatures);
    }

    /** One signature, raw. */
    record Signed(String keyId, byte[] signature) {}

    /** Signs a playbook's canonical form. */
    public static Envelope sign(byte[] payload, SigningKey key) {
        byte[] signature = key.sign(preAuthenticationEncoding(PAYLOAD_TYPE, payload));
        return new Envelope(
                PAYLOAD_TYPE, payload, List.of(new Signed(key.signer().keyId(), signature)));
    }

    /** @throws SignatureRefusedException (MALFORMED) for anything but a DSSE envelope within the limits */
    public static Envelope read(byte[] json) throws SignatureRefusedException {
        return EnvelopeJson.read(json);
    }

    /** As JSON; the same bytes for the same envelope. */
    public byte[] write() {
        return JsonWriter.write(Map.of(
                "payloadType",
                payloadType,
                "payload",
                Base64.getEncoder().encodeToString(payload),
                "signatures",
                signatures.stream()
                        .map(signed -> Map.of(
                                "keyid",
                                signed.keyId(),
                                "sig",
                                Base64.getEncoder().encodeToString(signed.signature())))
                        .toList()));
    }

    /**
     * Believes one signature by one pinned signer. Signatures by others are not looked at.
     *
     * @throws SignatureRefusedException with the reason; never returns anything unverified
     */
    public VerifiedPlaybook verify(List<PublicSigner> pinned) throws SignatureRefusedException {
        if (!payloadType.equals(PAYLOAD_TYPE)) {
            throw new SignatureRefusedException(
                    Reason.WRONG_PAYLOAD_TYPE,
                    "the envelope holds '" + payloadType + "', expected '" + PAYLOAD_TYPE + "'");
        }
        PublicSigner signer = signer(pinned);
        try {
            return new VerifiedPlaybook(CanonicalForm.read(payload), CanonicalForm.digest(payload), signer);
        } catch (InvalidPlaybookException e) {
            throw new SignatureRefusedException(
                    Reason.INVALID_PLAYBOOK, "what " + signer.name() + " signed is no playbook: " + e.getMessage());
        }
    }

    private PublicSigner signer(List<PublicSigner> pinned) throws SignatureRefusedException {
        byte[] message = preAuthenticationEncoding(payloadType, payload);
        boolean known = false;
        for (Signed signed : signatures) {
            for (PublicSigner signer : pinned) {
                if (signer.keyId().equals(signed.keyId())) {
                    known = true;
                    if (holds(signer, message, signed.signature())) {
                        return signer;
                    }
                }
            }
        }
        String by = signatures.stream().map(Signed::keyId).collect(Collectors.joining(", "));
        throw known
                ? new SignatureRefusedException(
                        Reason.BAD_SIGNATURE,
                        "the signature by " + by
                                + " does not belong to this playbook: it was changed after it was signed")
                : new SignatureRefusedException(
                        Reason.UNKNOWN_SIGNER,
                        "signed by " + by + ", who is not among the pinned signers ("
                                + (pinned.isEmpty()
                                        ? "none"
                                        : pinned.stream()
                                                .map(PublicSigner::toString)
                                                .collect(Collectors.joining(", ")))
                                + ")");
    }

    private static boolean holds(PublicSigner signer, byte[] message, byte[] signature)
            throws SignatureRefusedException {
        try {
            return Ed25519.verifies(Ed25519.publicKey(signer.rawKey()), message, signature);
        } catch (GeneralSecurityException e) {
            throw new SignatureRefusedException(
                    Reason.UNKNOWN_SIGNER, "the pinned key of " + signer.name() + " is unusable: " + e.getMessage());
        }
    }

    /** What is really signed: {@code "DSSEv1" SP LEN(type) SP type SP LEN(payload) SP payload}. */
    static byte[] preAuthenticationEncoding(String type, byte[] payload) {
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("DSSEv1 " + typeBytes.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(typeBytes);
        out.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(payload);
        return out.toByteArray();
    }

    /** The payload without any proof of who wrote it: for showing and storing, never for acting. */
    public byte[] unverifiedPayload() {
        return payload.clone();
    }

    /** Who claims to have signed. */
    public List<String> claimedKeyIds() {
        return signatures.stream().map(Signed::keyId).toList();
    }
}
