package dev.drydock.controller.api;

import dev.drydock.controller.security.EnrolmentTokens;
import dev.drydock.proto.v1.CreateTokenRequest;
import dev.drydock.proto.v1.CreateTokenResponse;
import dev.drydock.proto.v1.ListTokensRequest;
import dev.drydock.proto.v1.ListTokensResponse;
import dev.drydock.proto.v1.RevokeTokenRequest;
import dev.drydock.proto.v1.Token;
import dev.drydock.proto.v1.TokenServiceGrpc.TokenServiceImplBase;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Enrolment tokens. */
public final class TokenService extends TokenServiceImplBase {
    private final EnrolmentTokens tokens;

    public TokenService(EnrolmentTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void createToken(CreateTokenRequest request, StreamObserver<CreateTokenResponse> call) {
        Calls.answer(call, () -> {
            List<String> problems = new ArrayList<>();
            Duration ttl = Times.duration("ttl", request.getTtl(), problems);
            if (!problems.isEmpty()) {
                throw Refusals.invalid(problems);
            }
            EnrolmentTokens.Created created =
                    Refusals.checked(() -> tokens.create(request.getUses(), ttl, request.getLabelsMap()));
            return CreateTokenResponse.newBuilder()
                    .setToken(message(created.token()))
                    .setSecret(created.secret())
                    .build();
        });
    }

    @Override
    public void listTokens(ListTokensRequest request, StreamObserver<ListTokensResponse> call) {
        Calls.answer(call, () -> ListTokensResponse.newBuilder()
                .addAllTokens(tokens.list().stream().map(TokenService::message).toList())
                .build());
    }

    @Override
    public void revokeToken(RevokeTokenRequest request, StreamObserver<Token> call) {
        Calls.answer(call, () -> tokens.revoke(request.getId())
                .map(TokenService::message)
                .orElseThrow(() -> Refusals.notFound(
                        "token",
                        request.getId(),
                        tokens.list().stream().map(EnrolmentTokens.Token::id).toList())));
    }

    private static Token message(EnrolmentTokens.Token token) {
        return Token.newBuilder()
                .setId(token.id())
                .setUsesLeft(token.usesLeft())
                .setExpiresAt(Times.timestamp(token.expiresAt()))
                .putAllLabels(token.labels())
                .setCreatedAt(Times.timestamp(token.createdAt()))
                .setRevoked(token.revoked())
                .build();
    }
}
