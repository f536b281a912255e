package dev.drydock.controller.api;

import dev.drydock.controller.security.HostScope;
import dev.drydock.controller.security.token.TokenScope;
import dev.drydock.proto.v1.ApiToken;
import dev.drydock.proto.v1.Session;
import dev.drydock.proto.v1.UserRole;

/** Tokens and sessions as messages: never what lets in. */
final class TokenMapper {
    private TokenMapper() {}

    static ApiToken message(dev.drydock.controller.security.token.ApiToken token) {
        ApiToken.Builder message = ApiToken.newBuilder()
                .setUser(token.user())
                .setName(token.name())
                .setRole(token.scope()
                        .flatMap(TokenScope::most)
                        .map(UserMapper::role)
                        .orElse(UserRole.USER_ROLE_UNSPECIFIED))
                .setHosts(token.scope()
                        .map(TokenScope::hosts)
                        .map(HostScope::expression)
                        .orElse("false"))
                .setCreatedBy(token.by())
                .setCreatedAt(Times.timestamp(token.createdAt()));
        Times.timestamp(token.expiresAt(), message::setExpiresAt);
        Times.timestamp(token.lastUsed(), message::setLastUsedAt);
        return message.build();
    }

    static Session message(dev.drydock.controller.security.login.Session session) {
        return Session.newBuilder()
                .setId(session.id())
                .setUser(session.user())
                .setAddress(session.address())
                .setCreatedAt(Times.timestamp(session.createdAt()))
                .setLastUsedAt(Times.timestamp(session.lastUsed()))
                .setExpiresAt(Times.timestamp(session.expiresAt()))
                .build();
    }
}
