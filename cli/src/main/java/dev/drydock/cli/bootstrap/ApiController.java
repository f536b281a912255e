package dev.drydock.cli.bootstrap;

import dev.drydock.cli.client.Api;
import dev.drydock.cli.client.RpcErrors;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.CreateTokenRequest;
import dev.drydock.proto.v1.CreateTokenResponse;
import dev.drydock.proto.v1.GetHostRequest;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.ListTokensRequest;
import dev.drydock.proto.v1.RevokeTokenRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The controller by its API. */
final class ApiController implements Controller {
    private final Api api;

    ApiController(Api api) {
        this.api = api;
    }

    /** @throws RuntimeException as the API has it, when it cannot be reached or this person may not let hosts in */
    void tryOut() {
        var unused = api.tokens().listTokens(ListTokensRequest.getDefaultInstance());
    }

    @Override
    public Optional<FleetHost> host(String idOrName) {
        try {
            Host host = api.hosts()
                    .getHost(GetHostRequest.newBuilder().setName(idOrName).build());
            return Optional.of(new FleetHost(
                    host.getFacts().getId(), host.getFacts().getName(), host.getOnline(), host.getRevoked()));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw RpcErrors.explain(e, Optional.of(api.target()));
        }
    }

    @Override
    public Ticket ticket(Map<String, String> labels, Duration ttl) {
        try {
            CreateTokenResponse made = api.tokens()
                    .createToken(CreateTokenRequest.newBuilder()
                            .setUses(1)
                            .setTtl(Times.message(ttl))
                            .putAllLabels(labels)
                            .build());
            return new Ticket(made.getToken().getId(), made.getSecret());
        } catch (StatusRuntimeException e) {
            throw RpcErrors.explain(e, Optional.of(api.target()));
        }
    }

    @Override
    public void discard(Ticket ticket) {
        try {
            var unused = api.tokens()
                    .revokeToken(
                            RevokeTokenRequest.newBuilder().setId(ticket.id()).build());
        } catch (StatusRuntimeException e) {
            // It is good for one use and some minutes; the failure that brought us here is what counts.
            return;
        }
    }
}
