package dev.drydock.controller.agents;

import com.google.protobuf.ByteString;
import dev.drydock.controller.agents.transport.PeerIdentity;
import dev.drydock.controller.agents.transport.PeerInterceptor;
import dev.drydock.controller.playbook.PinnedSigners;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.CertificateRequest;
import dev.drydock.controller.security.IssuedCertificate;
import dev.drydock.controller.security.TokenRefusedException;
import dev.drydock.controller.security.TokenText;
import dev.drydock.controller.store.StoreException;
import dev.drydock.playbooks.sign.PublicSigner;
import dev.drydock.proto.agent.v1.EnrollRequest;
import dev.drydock.proto.agent.v1.EnrollResponse;
import dev.drydock.proto.agent.v1.EnrollmentGrpc;
import dev.drydock.proto.agent.v1.RenewRequest;
import dev.drydock.proto.agent.v1.RenewResponse;
import dev.drydock.proto.agent.v1.Signer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets hosts in by token, and gives those that are in new certificates. Blocks for the store. */
final class EnrollmentService extends EnrollmentGrpc.EnrollmentImplBase {
    private static final Logger log = LoggerFactory.getLogger(EnrollmentService.class);
    private static final int HOST_ID_BYTES = 10;

    /** One answer for every reason, so that nobody learns which tokens there are. */
    private static final String REFUSED =
            "This enrolment token lets nobody in: it is wrong, expired, spent or revoked. Make a new one with"
                    + " \"drydock token create\".";

    private final PlaneParts parts;
    private final CertificateAuthority authority;
    private final PinnedSigners signers;
    private final Fleet fleet;
    private final TokenGuard guard = new TokenGuard();

    EnrollmentService(PlaneParts parts, CertificateAuthority authority, PinnedSigners signers, Fleet fleet) {
        this.parts = parts;
        this.authority = authority;
        this.signers = signers;
        this.fleet = fleet;
    }

    @Override
    public void enroll(EnrollRequest request, StreamObserver<EnrollResponse> response) {
        String address = PeerInterceptor.remoteAddress();
        answer(response, () -> {
            if (guard.mustWait(address, parts.nanos().getAsLong())) {
                throw Status.RESOURCE_EXHAUSTED
                        .withDescription("Too many wrong enrolment tokens came from " + address + "; wait "
                                + TokenGuard.WHILE.toSeconds() + " s.")
                        .asRuntimeException();
            }
            try {
                return enroll(request);
            } catch (TokenRefusedException e) {
                guard.wrong(address, parts.nanos().getAsLong());
                log.warn("enrolment from {} refused: {}", address, e.getMessage());
                throw Status.UNAUTHENTICATED.withDescription(REFUSED).asRuntimeException();
            }
        });
    }

    private EnrollResponse enroll(EnrollRequest request) {
        TokenText token = TokenText.parse(request.getToken())
                .orElseThrow(() -> new TokenRefusedException("what was shown has not the form of a token"));
        // Nothing is done for whom no token speaks; the token is looked at again when its use is taken.
        parts.hosts().check(token);
        CertificateRequest csr = CertificateRequest.parse(request.getCsr().toByteArray());
        return request.getFormerCertificate().isEmpty() ? letIn(request, csr, token) : letInAgain(request, csr, token);
    }

    private EnrollResponse letIn(EnrollRequest request, CertificateRequest csr, TokenText token) {
        HostName name = HostName.of(request.getHostname());
        String id = newHostId();
        IssuedCertificate certificate =
                authority.issueForHost(id, csr, parts.settings().certificateLifetime());
        HostRecord host = parts.hosts()
                .enrol(new NewHost(id, name, certificate, parts.clock().instant()), token);
        log.info("host {} ({}) enrolled with {}, labels {}", host.id(), host.name(), token, host.labels());
        parts.listeners().tell();
        return response(host, certificate);
    }

    /** What the host has not told yet of its runs is still taken from it. */
    private EnrollResponse letInAgain(EnrollRequest request, CertificateRequest csr, TokenText token) {
        String id = FormerIdentity.prove(
                authority.certificate(),
                request.getFormerCertificate().toByteArray(),
                request.getCsr().toByteArray(),
                request.getFormerSignature().toByteArray());
        IssuedCertificate certificate =
                authority.issueForHost(id, csr, parts.settings().certificateLifetime());
        HostRecord host = parts.hosts().enrolAgain(id, certificate, token).orElseThrow(() -> Status.PERMISSION_DENIED
                .withDescription("Host " + id + " is not on record here, or is revoked, or two of it were seen."
                        + " Enrol it as a new host.")
                .asRuntimeException());
        log.info("host {} ({}) enrolled again with {}", host.id(), host.name(), token);
        return response(host, certificate);
    }

    private EnrollResponse response(HostRecord host, IssuedCertificate certificate) {
        return EnrollResponse.newBuilder()
                .setHostId(host.id())
                .setHostName(host.name())
                .addAllCertificateChain(chain(certificate))
                .addAllCaCertificates(roots(certificate))
                .addAllSigners(
                        signers.pinned().stream().map(EnrollmentService::signer).toList())
                .build();
    }

    private String newHostId() {
        byte[] id = new byte[HOST_ID_BYTES];
        parts.random().nextBytes(id);
        return "h-" + HexFormat.of().formatHex(id);
    }

    private static Signer signer(PublicSigner signer) {
        return Signer.newBuilder()
                .setName(signer.name())
                .setKeyId(signer.keyId())
                .setPublicKey(ByteString.copyFrom(signer.rawKey()))
                .build();
    }

    @Override
    public void renew(RenewRequest request, StreamObserver<RenewResponse> response) {
        PeerIdentity peer = PeerIdentity.current();
        answer(response, () -> {
            if (fleet.isRevoked(peer.hostId())) {
                throw AgentSession.revoked(peer.hostId()).status().asRuntimeException();
            }
            CertificateRequest csr = CertificateRequest.parse(request.getCsr().toByteArray());
            IssuedCertificate certificate =
                    authority.issueForHost(peer.hostId(), csr, parts.settings().certificateLifetime());
            if (!parts.hosts().renewed(peer.hostId(), certificate)) {
                throw Status.PERMISSION_DENIED
                        .withDescription("There is no host " + peer.hostId() + " on record here, or it is revoked."
                                + " Enrol this host again.")
                        .asRuntimeException();
            }
            log.info("host {}: certificate renewed until {}", peer.hostId(), certificate.notAfter());
            return RenewResponse.newBuilder()
                    .addAllCertificateChain(chain(certificate))
                    .addAllCaCertificates(roots(certificate))
                    .build();
        });
    }

    private static List<ByteString> chain(IssuedCertificate certificate) {
        return certificate.encoded().stream().map(ByteString::copyFrom).toList();
    }

    private static List<ByteString> roots(IssuedCertificate certificate) {
        return List.of(chain(certificate).getLast());
    }

    private static <T> void answer(StreamObserver<T> response, Supplier<T> work) {
        T answer;
        try {
            answer = work.get();
        } catch (StatusRuntimeException e) {
            response.onError(e);
            return;
        } catch (IllegalArgumentException e) {
            response.onError(
                    Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
            return;
        } catch (StoreException e) {
            response.onError(
                    Status.RESOURCE_EXHAUSTED.withDescription(e.getMessage()).asRuntimeException());
            return;
        } catch (RuntimeException e) {
            log.error("an enrolment or a renewal failed", e);
            response.onError(Status.INTERNAL
                    .withDescription("The controller failed; its log says why.")
                    .asRuntimeException());
            return;
        }
        response.onNext(answer);
        response.onCompleted();
    }
}
