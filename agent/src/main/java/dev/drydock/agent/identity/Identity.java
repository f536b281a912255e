package dev.drydock.agent.identity;

import dev.drydock.playbooks.sign.PublicSigner;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * Who this host is in the fleet, and whom it trusts.
 *
 * @param controller where the host enrolled
 * @param root of the system that it enrolled for; {@code /} for this machine
 * @param chain leaf first
 * @param roots the authorities that the controller's certificate must come from
 * @param signers whose playbooks may run here, as pinned at enrolment
 */
public record Identity(
        String hostId,
        String hostName,
        ControllerAddress controller,
        String root,
        PrivateKey key,
        List<X509Certificate> chain,
        List<X509Certificate> roots,
        List<PublicSigner> signers) {
    public Identity {
        chain = List.copyOf(chain);
        roots = List.copyOf(roots);
        signers = List.copyOf(signers);
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    public Instant expires() {
        return certificate().getNotAfter().toInstant();
    }

    /** DER. */
    byte[] encodedCertificate() {
        try {
            return certificate().getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    /** By the host's key, SHA256withECDSA. */
    byte[] sign(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of our own signs", e);
        }
    }

    /** The same host with a new certificate; an empty list of roots keeps those that are trusted now. */
    Identity renewed(PrivateKey newKey, List<X509Certificate> newChain, List<X509Certificate> newRoots) {
        return new Identity(
                hostId, hostName, controller, root, newKey, newChain, newRoots.isEmpty() ? roots : newRoots, signers);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "host " + hostName + " (" + hostId + ") of " + controller;
    }
}
