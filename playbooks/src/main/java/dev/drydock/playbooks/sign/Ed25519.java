package dev.drydock.playbooks.sign;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 of the Java platform, with raw keys (RFC 8032). */
final class Ed25519 {
    static final int SIGNATURE_BYTES = 64;

    private static final String ALGORITHM = "Ed25519";

    /** SubjectPublicKeyInfo (RFC 8410) up to the key's own 32 bytes. */
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no Ed25519", e);
        }
    }

    static byte[] raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded.length != SPKI_PREFIX.length + PublicSigner.KEY_BYTES
                || !Arrays.equals(encoded, 0, SPKI_PREFIX.length, SPKI_PREFIX, 0, SPKI_PREFIX.length)) {
            throw new IllegalArgumentException("not an Ed25519 public key");
        }
        return Arrays.copyOfRange(encoded, SPKI_PREFIX.length, encoded.length);
    }

    static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + raw.length);
        System.arraycopy(raw, 0, encoded, SPKI_PREFIX.length, raw.length);
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    }

    /**
     * The pair of a private key. The platform does not derive public keys, but generates a pair from 32 random bytes, which
     * are the private key's: so it is given those bytes. That the pair belongs together is proven by a signature.
     */
    static KeyPair pair(PrivateKey key) throws GeneralSecurityException {
        if (!(key instanceof EdECPrivateKey edward)
                || !edward.getParams().getName().equals(ALGORITHM)
                || edward.getBytes().isEmpty()) {
            throw new InvalidKeyException("not an Ed25519 private key");
        }
        byte[] seed = edward.getBytes().get();
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        KeyPair pair = generator.generateKeyPair();
        byte[] probe = "drydock".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        if (!verifies(pair.getPublic(), probe, sign(key, probe))) {
            throw new InvalidKeyException("this Java platform derives another public key");
        }
        return pair;
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing with a checked key failed", e);
        }
    }

    static boolean verifies(PublicKey key, byte[] message, byte[] signed) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initVerify(key);
        signature.update(message);
        try {
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false;
        }
    }
}
