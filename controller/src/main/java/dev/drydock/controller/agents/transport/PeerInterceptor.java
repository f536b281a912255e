package dev.drydock.controller.agents.transport;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Lets only hosts with a certificate of ours call, but for one method that needs none. TLS has verified the certificate; that
 * it has not ended is looked at again with each call, since connections and TLS sessions live long. Never blocks.
 */
public final class PeerInterceptor implements ServerInterceptor {
    private static final Context.Key<String> ADDRESS = Context.key("drydock-peer-address");

    private final String open;
    private final InstantSource clock;

    /** @param open full name of the method that needs no certificate */
    public PeerInterceptor(String open, InstantSource clock) {
        this.open = open;
        this.clock = clock;
    }

    /** Of the peer of the call that this thread handles, without the port. */
    public static String remoteAddress() {
        String address = ADDRESS.get();
        return address == null ? "an unknown address" : address;
    }

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
            ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
        if (call.getMethodDescriptor().getFullMethodName().equals(open)) {
            return Contexts.interceptCall(
                    Context.current().withValue(ADDRESS, address(call.getAttributes())), call, headers, next);
        }
        Optional<PeerIdentity> peer = identity(call.getAttributes());
        if (peer.isEmpty()) {
            return refuse(call, "This call needs the certificate of an enrolled host; enrol this host first.");
        }
        if (!clock.instant().isBefore(peer.get().certificateExpires())) {
            return refuse(
                    call,
                    "The certificate of host " + peer.get().hostId() + " expired at "
                            + peer.get().certificateExpires() + "; enrol this host again.");
        }
        return Contexts.interceptCall(peer.get().in(Context.current()), call, headers, next);
    }

    private static String address(Attributes attributes) {
        SocketAddress peer = attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        return peer instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : String.valueOf(peer);
    }

    private static Optional<PeerIdentity> identity(Attributes attributes) {
        SSLSession session = attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null) {
            return Optional.empty();
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 ? PeerIdentity.of(apart(chain[0])) : Optional.empty();
        } catch (SSLPeerUnverifiedException | CertificateException e) {
            return Optional.empty();
        }
    }

    /** One that is read is kept, read, as long as the connection: several kilobytes for what is asked once. So a copy is read. */
    private static X509Certificate apart(Certificate certificate) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.getEncoded()));
    }

    private static <A, B> ServerCall.Listener<A> refuse(ServerCall<A, B> call, String why) {
        call.close(Status.UNAUTHENTICATED.withDescription(why), new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
