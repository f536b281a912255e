package dev.drydock.controller.agents;

import dev.drydock.controller.agents.transport.PeerIdentity;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/**
 * A host's word that it was in this fleet before: a certificate of this authority, which may have ended, and a signature by its
 * key over the request for a new one, so that it is worth nothing to somebody who only saw it.
 */
final class FormerIdentity {
    private FormerIdentity() {}

    /**
     * @param request the bytes that the host signed
     * @return the host's id
     * @throws IllegalArgumentException when the proof does not hold
     */
    static String prove(X509Certificate authority, byte[] certificate, byte[] request, byte[] signature) {
        try {
            X509Certificate former = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
            former.verify(authority.getPublicKey());
            Signature proof = Signature.getInstance("SHA256withECDSA");
            proof.initVerify(former.getPublicKey());
            proof.update(request);
            if (proof.verify(signature)) {
                return PeerIdentity.of(former)
                        .map(PeerIdentity::hostId)
                        .orElseThrow(() -> new IllegalArgumentException("The former certificate is none of a host."));
            }
            throw new IllegalArgumentException("The key of the former certificate did not sign the request.");
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "The former certificate is none that this authority issued to a host, or cannot be read.", e);
        }
    }
}
