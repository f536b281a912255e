package dev.drydock.agent.identity;

import com.google.protobuf.ByteString;
import dev.drydock.proto.agent.v1.EnrollmentGrpc;
import dev.drydock.proto.agent.v1.RenewRequest;
import dev.drydock.proto.agent.v1.RenewResponse;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Gets the host's next certificate, for a new key, by the one that it has. */
public final class Renewer {
    private static final int SECONDS = 30;

    private final SecureRandom random;
    private final InstantSource clock;

    public Renewer(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    /**
     * Blocks for one call. Writes nothing.
     *
     * @param channel opened with the current identity
     */
    public Identity renew(Identity current, Channel channel) throws IdentityException {
        HostKey key = HostKey.create(random);
        RenewResponse response;
        try {
            response = EnrollmentGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                    .renew(RenewRequest.newBuilder()
                            .setCsr(ByteString.copyFrom(key.request(current.hostId())))
                            .build());
        } catch (StatusRuntimeException e) {
            throw IdentityException.failed(
                    ConnectFault.explain(e.getStatus(), current.controller(), clock.instant()), e);
        }
        IssuedChain issued = IssuedChain.read(
                response.getCertificateChainList(),
                response.getCaCertificatesList(),
                current.roots(),
                key.pair().getPublic(),
                current.hostId());
        return current.renewed(key.pair().getPrivate(), issued.chain(), issued.roots());
    }
}
