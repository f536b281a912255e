package dev.drydock.playbooks.sign;

import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.document.JsonReader;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.SyntaxException;
import dev.drydock.playbooks.sign.SignatureRefusedException.Reason;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Reads envelopes strictly: exactly the keys that there are, standard base64, everything within the limits. */
final class EnvelopeJson {
    private static final int MAX_TYPE = 200;
    private static final int MAX_KEY_ID = 200;

    private EnvelopeJson() {}

    static Envelope read(byte[] json) throws SignatureRefusedException {
        Node.Mapping root = object(document(json), "the envelope", Set.of("payloadType", "payload", "signatures"));
        byte[] payload = base64(text(root, "payload"), "payload");
        if (payload.length > CanonicalForm.MAX_BYTES) {
            throw malformed("payload has " + payload.length + " bytes, at most " + CanonicalForm.MAX_BYTES);
        }
        List<Envelope.Signed> signatures = new ArrayList<>();
        Node list = root.get("signatures").orElseThrow();
        if (!(list instanceof Node.Sequence sequence)
                || sequence.items().isEmpty()
                || sequence.items().size() > Envelope.MAX_SIGNATURES) {
            throw malformed("signatures must be a list of 1 to " + Envelope.MAX_SIGNATURES);
        }
        for (Node item : sequence.items()) {
            Node.Mapping entry = object(item, "a signature", Set.of("keyid", "sig"));
            byte[] signature = base64(text(entry, "sig"), "sig");
            if (signature.length != Ed25519.SIGNATURE_BYTES) {
                throw malformed("an Ed25519 signature has 64 bytes, not " + signature.length);
            }
            signatures.add(new Envelope.Signed(shortText(entry, "keyid", MAX_KEY_ID), signature));
        }
        return new Envelope(shortText(root, "payloadType", MAX_TYPE), payload, signatures);
    }

    private static Node document(byte[] json) throws SignatureRefusedException {
        try {
            return JsonReader.read(json, Envelope.MAX_BYTES);
        } catch (SyntaxException e) {
            throw malformed(e.problems().getFirst().message());
        }
    }

    private static Node.Mapping object(Node node, String what, Set<String> keys) throws SignatureRefusedException {
        if (node instanceof Node.Mapping mapping && mapping.entries().keySet().equals(keys)) {
            return mapping;
        }
        throw malformed(what + " must be an object with exactly the keys "
                + String.join(", ", keys.stream().sorted().toList()));
    }

    private static String text(Node.Mapping mapping, String key) throws SignatureRefusedException {
        if (mapping.get(key).orElse(null) instanceof Node.Scalar scalar && scalar.value() instanceof String text) {
            return text;
        }
        throw malformed(key + " must be a text");
    }

    private static String shortText(Node.Mapping mapping, String key, int most) throws SignatureRefusedException {
        String text = text(mapping, key);
        if (text.isEmpty() || text.length() > most || text.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw malformed(key + " must be 1 to " + most + " printable ASCII characters");
        }
        return text;
    }

    private static byte[] base64(String text, String key) throws SignatureRefusedException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed(key + " is not base64");
        }
    }

    private static SignatureRefusedException malformed(String why) {
        return new SignatureRefusedException(Reason.MALFORMED, "not a DSSE envelope: " + why);
    }
}
