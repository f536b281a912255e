package dev.drydock.agent.identity;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import javax.security.auth.x500.X500Principal;

/**
 * A certification request for an EC key, signed with SHA-256: RFC 2986 in DER (X.690). Java writes the subject and the key, so
 * what is left is little; a library for it is a third of the agent. Pure.
 */
final class Pkcs10 {
    private static final int SEQUENCE = 0x30;
    private static final int BIT_STRING = 0x03;
    /** {@code attributes [0] IMPLICIT}, none. */
    private static final byte[] NO_ATTRIBUTES = {(byte) 0xa0, 0};
    /** {@code INTEGER 0}: version 1. */
    private static final byte[] VERSION = {2, 1, 0};
    /** {@code ecdsa-with-SHA256}, 1.2.840.10045.4.3.2 (RFC 5758). */
    private static final byte[] ECDSA_WITH_SHA256 = {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2};

    private Pkcs10() {}

    /** @throws GeneralSecurityException when the key cannot sign so */
    static byte[] request(X500Principal subject, KeyPair pair) throws GeneralSecurityException {
        byte[] info = element(
                SEQUENCE, VERSION, subject.getEncoded(), pair.getPublic().getEncoded(), NO_ATTRIBUTES);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(info);
        byte[] noBitUnused = {0};
        return element(
                SEQUENCE,
                info,
                element(SEQUENCE, ECDSA_WITH_SHA256),
                element(BIT_STRING, noBitUnused, signature.sign()));
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        writeLength(element, content.size());
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    /** Short form up to 127, else the number of bytes and the bytes. */
    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length < 0x80) {
            out.write(length);
            return;
        }
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
        out.write(0x80 | bytes);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write(length >> shift);
        }
    }
}
