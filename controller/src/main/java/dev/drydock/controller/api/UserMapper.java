package dev.drydock.controller.api;

import dev.drydock.controller.security.Grant;
import dev.drydock.controller.security.HostScope;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.User;
import dev.drydock.controller.security.login.Accounts;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.proto.v1.UserRole;
import java.util.List;
import java.util.Optional;

/** Users and what they may do, in and out of messages. */
final class UserMapper {
    private UserMapper() {}

    /** Of what the caller may be given: with the problem told where it is none. */
    static Optional<Role> role(UserRole role) {
        return switch (role) {
            case VIEWER -> Optional.of(Role.VIEWER);
            case OPERATOR -> Optional.of(Role.OPERATOR);
            case APPROVER -> Optional.of(Role.APPROVER);
            case ADMIN -> Optional.of(Role.ADMIN);
            case USER_ROLE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    static UserRole role(Role role) {
        return switch (role) {
            case VIEWER -> UserRole.VIEWER;
            case OPERATOR -> UserRole.OPERATOR;
            case APPROVER -> UserRole.APPROVER;
            case ADMIN -> UserRole.ADMIN;
        };
    }

    /** Adds what is wrong with it to the problems; then what it gives is not to be used. */
    static Grant grant(UserRole role, String hosts, List<String> problems) {
        if (role(role).isEmpty()) {
            problems.add("role: is none of viewer, operator, approver, admin");
        }
        return new Grant(role(role).orElse(Role.VIEWER), hosts(hosts, problems));
    }

    /** As {@link #grant}. */
    static HostScope hosts(String cel, List<String> problems) {
        try {
            return HostScope.of(cel);
        } catch (InvalidExpressionException e) {
            problems.add("hosts: " + e.getMessage());
            return HostScope.WHOLE;
        }
    }

    static dev.drydock.proto.v1.Grant message(Grant grant) {
        return dev.drydock.proto.v1.Grant.newBuilder()
                .setRole(role(grant.role()))
                .setHosts(grant.hosts().expression())
                .build();
    }

    static dev.drydock.proto.v1.User message(User user, Accounts.Standing standing) {
        dev.drydock.proto.v1.User.Builder message = message(user)
                .setHasPassword(standing.password())
                .setMustChangePassword(standing.mustChange())
                .setHasTotp(standing.totp())
                .setSingleSignOn(standing.provider());
        Times.timestamp(standing.lockedUntil(), message::setLockedUntil);
        return message.build();
    }

    private static dev.drydock.proto.v1.User.Builder message(User user) {
        return dev.drydock.proto.v1.User.newBuilder()
                .setName(user.name())
                .setRole(user.role().map(UserMapper::role).orElse(UserRole.USER_ROLE_UNSPECIFIED))
                .addAllGrants(user.grants().stream().map(UserMapper::message).toList())
                .setCreatedAt(Times.timestamp(user.createdAt()));
    }
}
