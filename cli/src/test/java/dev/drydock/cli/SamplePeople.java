package dev.drydock.cli;

import dev.drydock.proto.v1.ApiToken;
import dev.drydock.proto.v1.Grant;
import dev.drydock.proto.v1.Session;
import dev.drydock.proto.v1.Token;
import dev.drydock.proto.v1.User;
import dev.drydock.proto.v1.UserRole;

/** Users and what lets them in, as the double of the management plane tells of them. */
final class SamplePeople {
    private SamplePeople() {}

    static User user(String name, UserRole role) {
        return User.newBuilder()
                .setName(name)
                .setRole(role)
                .addGrants(Grant.newBuilder().setRole(role))
                .setCreatedAt(Fleet.at("2026-11-24T01:00:00Z"))
                .build();
    }

    /** A client's, that logs in with all there is. */
    static User shop() {
        return user("shop", UserRole.OPERATOR).toBuilder()
                .clearGrants()
                .addGrants(Grant.newBuilder().setRole(UserRole.OPERATOR).setHosts("host.labels.client == \"shop\""))
                .addGrants(Grant.newBuilder().setRole(UserRole.VIEWER).setHosts("host.labels.client == \"shared\""))
                .setHasPassword(true)
                .setHasTotp(true)
                .build();
    }

    static ApiToken apiToken() {
        return ApiToken.newBuilder()
                .setUser("shop")
                .setName("dashboard")
                .setRole(UserRole.VIEWER)
                .setHosts("host.labels.role == \"web\"")
                .setCreatedBy("admin")
                .setCreatedAt(Fleet.at("2026-11-24T01:00:00Z"))
                .setExpiresAt(Fleet.at("2026-11-24T04:00:00Z"))
                .setLastUsedAt(Fleet.at("2026-11-24T02:30:00Z"))
                .build();
    }

    static Session session() {
        return Session.newBuilder()
                .setId("4f1c2d3e4f5a6b7c")
                .setUser("shop")
                .setAddress("192.0.2.7")
                .setCreatedAt(Fleet.at("2026-11-24T01:00:00Z"))
                .setLastUsedAt(Fleet.at("2026-11-24T02:30:00Z"))
                .setExpiresAt(Fleet.at("2026-11-24T13:00:00Z"))
                .build();
    }

    static Token token() {
        return Token.newBuilder()
                .setId("t-1")
                .setUsesLeft(10)
                .setExpiresAt(Fleet.at("2026-11-24T04:00:00Z"))
                .putLabels("role", "web")
                .build();
    }
}
