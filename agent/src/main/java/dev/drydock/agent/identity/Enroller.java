package dev.drydock.agent.identity;

import com.google.protobuf.ByteString;
import dev.drydock.playbooks.sign.PublicSigner;
import dev.drydock.proto.agent.v1.EnrollRequest;
import dev.drydock.proto.agent.v1.EnrollResponse;
import dev.drydock.proto.agent.v1.EnrollmentGrpc;
import dev.drydock.proto.agent.v1.Signer;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Lets this host into a fleet. */
public final class Enroller {
    private static final int SECONDS = 30;

    private final SecureRandom random;
    private final InstantSource clock;
    private final String agentVersion;

    public Enroller(SecureRandom random, InstantSource clock, String agentVersion) {
        this.random = random;
        this.clock = clock;
        this.agentVersion = agentVersion;
    }

    /**
     * One call to the controller, which uses the token up. Writes nothing.
     *
     * @param hostname what the host calls itself
     * @param root of the managed system
     * @param former the identity to keep, proven by its key, though its certificate may have ended; empty: as a new host
     * @throws IdentityException says which of the two did not believe the other, and why
     */
    public Identity enrol(
            ControllerAddress controller, EnrolmentToken token, String hostname, String root, Optional<Identity> former)
            throws IdentityException {
        HostKey key = HostKey.create(random);
        byte[] csr = key.request(hostname);
        EnrollRequest.Builder request = EnrollRequest.newBuilder()
                .setToken(token.text())
                .setCsr(ByteString.copyFrom(csr))
                .setHostname(hostname)
                .setAgentVersion(agentVersion);
        former.ifPresent(identity -> request.setFormerCertificate(ByteString.copyFrom(identity.encodedCertificate()))
                .setFormerSignature(ByteString.copyFrom(identity.sign(csr))));
        ManagedChannel channel =
                ControllerChannel.open(controller, Tls.of(new FingerprintTrust(token.caFingerprint())), agentVersion);
        EnrollResponse response;
        try {
            response = EnrollmentGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                    .enroll(request.build());
        } catch (StatusRuntimeException e) {
            throw explain(e, controller, token);
        } finally {
            channel.shutdownNow();
        }
        if (response.getHostId().isBlank() || response.getHostName().isBlank()) {
            throw IdentityException.failed("the controller at " + controller + " gave this host no name or no id");
        }
        if (former.isPresent() && !former.get().hostId().equals(response.getHostId())) {
            throw IdentityException.failed("the controller at " + controller
                    + " does not know how to enrol a host again:" + " it made another host of it, "
                    + response.getHostName() + " (" + response.getHostId() + ")");
        }
        List<X509Certificate> none = List.of();
        IssuedChain issued = IssuedChain.read(
                response.getCertificateChainList(),
                response.getCaCertificatesList(),
                none,
                key.pair().getPublic(),
                response.getHostId());
        if (!issued.hasRoot(token.caFingerprint())) {
            throw IdentityException.refused("the controller at " + controller
                    + " wants other authorities trusted than the one that the token names");
        }
        return new Identity(
                response.getHostId(),
                response.getHostName(),
                controller,
                root,
                key.pair().getPrivate(),
                issued.chain(),
                issued.roots(),
                signers(response.getSignersList()));
    }

    private IdentityException explain(StatusRuntimeException e, ControllerAddress controller, EnrolmentToken token) {
        Status status = e.getStatus();
        String why = ConnectFault.explain(status, controller, clock.instant());
        return switch (status.getCode()) {
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                IdentityException.refused(
                        "the controller does not accept " + token + ": "
                                + Optional.ofNullable(status.getDescription()).orElse("no reason given"),
                        e);
            case DEADLINE_EXCEEDED ->
                IdentityException.failed("no answer from " + controller + " within " + SECONDS + " s", e);
            case UNAVAILABLE -> foreign(e) ? IdentityException.refused(why, e) : IdentityException.failed(why, e);
            default -> IdentityException.failed(why, e);
        };
    }

    private static boolean foreign(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof FingerprintTrust.ForeignAuthorityException) {
                return true;
            }
        }
        return false;
    }

    private static List<PublicSigner> signers(List<Signer> pinned) throws IdentityException {
        List<PublicSigner> signers = new ArrayList<>();
        for (Signer signer : pinned) {
            try {
                signers.add(new PublicSigner(
                        signer.getName(),
                        signer.getKeyId(),
                        signer.getPublicKey().toByteArray()));
            } catch (IllegalArgumentException e) {
                throw IdentityException.failed("the controller named an unusable signer: " + e.getMessage(), e);
            }
        }
        return signers;
    }
}
