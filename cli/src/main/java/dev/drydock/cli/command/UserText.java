package dev.drydock.cli.command;

import dev.drydock.cli.CliException;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.Grant;
import dev.drydock.proto.v1.User;
import dev.drydock.proto.v1.UserRole;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Users and what they may do, as people write and read it. */
final class UserText {
    private UserText() {}

    static UserRole role(String written) {
        return switch (written.toLowerCase(Locale.ROOT)) {
            case "viewer" -> UserRole.VIEWER;
            case "operator" -> UserRole.OPERATOR;
            case "approver" -> UserRole.APPROVER;
            case "admin" -> UserRole.ADMIN;
            default ->
                throw CliException.usage(
                        "--role: '" + written + "' is no role.", "Write viewer, operator, approver or admin.");
        };
    }

    static String word(UserRole role) {
        return role == UserRole.USER_ROLE_UNSPECIFIED ? "nothing" : role.name().toLowerCase(Locale.ROOT);
    }

    static String grants(List<Grant> grants) {
        return grants.isEmpty()
                ? "nothing"
                : grants.stream()
                        .map(grant ->
                                word(grant.getRole()) + (grant.getHosts().isEmpty() ? "" : " for " + grant.getHosts()))
                        .collect(Collectors.joining(", "));
    }

    static Cell login(User user, Times times) {
        if (user.hasLockedUntil()) {
            return new Cell("waits until " + times.atAndRelative(user.getLockedUntil()), Style.BAD);
        }
        String provider = user.getSingleSignOn() ? ", provider" : "";
        if (!user.getHasPassword()) {
            return new Cell("tokens" + provider, Style.DIM);
        }
        return Cell.of("tokens" + provider + ", password" + (user.getMustChangePassword() ? " (to be changed)" : "")
                + (user.getHasTotp() ? ", code" : ""));
    }
}
