package dev.drydock.agent.identity;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import javax.security.auth.x500.X500Principal;

/** The host's key, made here and never sent anywhere, and the request that proves that the host holds it. */
final class HostKey {
    private final KeyPair pair;

    private HostKey(KeyPair pair) {
        this.pair = pair;
    }

    /** EC P-256. */
    static HostKey create(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return new HostKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes EC keys on P-256", e);
        }
    }

    KeyPair pair() {
        return pair;
    }

    /** PKCS#10, DER. The subject is for people who look at it: the controller alone says who the host is. */
    byte[] request(String subject) {
        try {
            return Pkcs10.request(new X500Principal("CN=" + subject.replaceAll("[^A-Za-z0-9._-]", "-")), pair);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of our own signs", e);
        }
    }
}
