package dev.drydock.controller.agents.transport;

import dev.drydock.controller.security.CertificateAuthority;
import io.grpc.Context;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Who is at the other end of a connection, as its verified certificate says.
 *
 * @param certificateExpires no stream outlives it
 */
public record PeerIdentity(String hostId, Instant certificateExpires) {
    private static final Context.Key<PeerIdentity> CURRENT = Context.key("drydock-peer");
    private static final int URI = 6;

    /** Of the call that this thread handles; only where {@link PeerInterceptor} let it in. */
    public static PeerIdentity current() {
        PeerIdentity identity = CURRENT.get();
        if (identity == null) {
            throw new IllegalStateException("a call came past the interceptor that knows who calls");
        }
        return identity;
    }

    Context in(Context context) {
        return context.withValue(CURRENT, this);
    }

    /** Empty when the certificate is none of a host. */
    public static Optional<PeerIdentity> of(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null) {
                return Optional.empty();
            }
            return names.stream()
                    .filter(name -> name.get(0) instanceof Integer type && type == URI)
                    .map(name -> String.valueOf(name.get(1)))
                    .filter(uri -> uri.startsWith(CertificateAuthority.HOST_URI))
                    .map(uri -> uri.substring(CertificateAuthority.HOST_URI.length()))
                    .filter(id ->
                            certificate.getSubjectX500Principal().getName().equals("CN=" + id))
                    .map(id -> new PeerIdentity(id, certificate.getNotAfter().toInstant()))
                    .findFirst();
        } catch (CertificateParsingException e) {
            return Optional.empty();
        }
    }
}
