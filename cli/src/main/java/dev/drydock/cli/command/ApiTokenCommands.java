package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.ApiToken;
import dev.drydock.proto.v1.CreateApiTokenRequest;
import dev.drydock.proto.v1.CreateApiTokenResponse;
import dev.drydock.proto.v1.ListApiTokensRequest;
import dev.drydock.proto.v1.ListApiTokensResponse;
import dev.drydock.proto.v1.RevokeApiTokenRequest;
import dev.drydock.proto.v1.UserRole;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock api-token}. */
@Command(
        name = "api-token",
        description = "API tokens: what programs and this one call the controller with.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock api-token create dashboard --role viewer --ttl 90d", "  drydock api-token list"})
public final class ApiTokenCommands {
    private static final String USER = "Of this user, for administrators. Default: your own.";

    private final App app;

    public ApiTokenCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "create",
            description = {
                "Makes a token and prints it on standard output, once. Only its hash is kept.",
                "It lets through what its user may do, or less: with --role no more than that role, with --hosts these"
                        + " hosts alone."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock api-token create dashboard --role viewer --ttl 90d --quiet > dashboard.token",
                "  drydock api-token create web-ci --hosts 'host.labels.role == \"web\"'"
            })
    int create(
            @Parameters(paramLabel = "NAME", description = "Its name among the user's tokens.") String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            description = "No more than viewer, operator, approver or admin.")
                    @Nullable
                    String role,
            @Option(names = "--hosts", paramLabel = "CEL", description = "For these hosts alone: CEL over host.")
                    @Nullable
                    String hosts,
            @Option(
                            names = "--ttl",
                            paramLabel = "DURATION",
                            description = "How long it is good. Default: until it is revoked.")
                    @Nullable
                    String ttl,
            @Option(names = "--user", paramLabel = "NAME", description = USER) @Nullable String user) {
        CreateApiTokenRequest.Builder request = CreateApiTokenRequest.newBuilder()
                .setName(name)
                .setUser(Options.orEmpty(user))
                .setHosts(Options.orEmpty(hosts));
        if (role != null) {
            request.setRole(UserText.role(role));
        }
        if (ttl != null) {
            request.setTtl(Times.message(Options.duration("--ttl", ttl)));
        }
        CreateApiTokenResponse made = app.api().account().createApiToken(request.build());
        Output output = app.output();
        output.answer(made, List.of(made.getSecret()), () -> List.of(made.getSecret()));
        output.hint("Token " + name + " of user " + made.getToken().getUser() + ": " + lets(made.getToken())
                + ". It is shown only now.");
        return ExitCode.DONE;
    }

    private static String lets(ApiToken token) {
        String role = token.getRole() == UserRole.USER_ROLE_UNSPECIFIED
                ? "all that the user may do"
                : "as " + UserText.word(token.getRole());
        return token.getHosts().isEmpty() ? role : role + " for " + token.getHosts();
    }

    @Command(
            name = "list",
            description = "Lists a user's tokens, without what lets in.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock api-token list", "  drydock api-token list --user anna --output json"})
    int list(@Option(names = "--user", paramLabel = "NAME", description = USER) @Nullable String user) {
        ListApiTokensResponse tokens = app.api()
                .account()
                .listApiTokens(ListApiTokensRequest.newBuilder()
                        .setUser(Options.orEmpty(user))
                        .build());
        Output output = app.output();
        List<ApiToken> all = tokens.getTokensList();
        output.answer(tokens, all.stream().map(ApiToken::getName).toList(), () -> {
            Table table = Table.of("NAME", "GIVES", "ENDS", "LAST USED", "MADE BY");
            all.forEach(token -> table.row(
                    Cell.of(token.getName()),
                    Cell.of(lets(token)),
                    ends(token, output.times()),
                    Cell.orDash(token.hasLastUsedAt() ? output.times().relative(token.getLastUsedAt()) : ""),
                    Cell.orDash(token.getCreatedBy())));
            return output.list(table, "No tokens. Make one with drydock api-token create.");
        });
        return ExitCode.DONE;
    }

    private static Cell ends(ApiToken token, Times times) {
        if (!token.hasExpiresAt()) {
            return Cell.of("never");
        }
        boolean over = Times.instant(token.getExpiresAt()).isBefore(times.now());
        return new Cell(times.atAndRelative(token.getExpiresAt()), over ? Style.DIM : Style.NONE);
    }

    @Command(
            name = "revoke",
            description = "Makes a token useless at once.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock api-token revoke dashboard", "  drydock api-token revoke first --user anna --yes"})
    int revoke(
            @Parameters(paramLabel = "NAME", description = "The token's name.") String name,
            @Option(names = "--user", paramLabel = "NAME", description = USER) @Nullable String user,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        app.confirm(yes, "Revoke token " + name + (user == null ? "" : " of user " + user) + "?");
        var revoked = app.api()
                .account()
                .revokeApiToken(RevokeApiTokenRequest.newBuilder()
                        .setName(name)
                        .setUser(Options.orEmpty(user))
                        .build());
        app.output().answer(revoked, List.of(name), () -> List.of("Token " + name + " is revoked."));
        return ExitCode.DONE;
    }
}
