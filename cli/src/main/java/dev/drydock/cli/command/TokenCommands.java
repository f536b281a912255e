package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.CreateTokenRequest;
import dev.drydock.proto.v1.CreateTokenResponse;
import dev.drydock.proto.v1.ListTokensRequest;
import dev.drydock.proto.v1.ListTokensResponse;
import dev.drydock.proto.v1.RevokeTokenRequest;
import dev.drydock.proto.v1.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock token}. */
@Command(
        name = "token",
        description = "Enrolment tokens: what a new host shows to get its certificate.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock token create --uses 10 --ttl 1h --label role=web", "  drydock token list"})
public final class TokenCommands {
    private final App app;

    public TokenCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "create",
            description = {
                "Makes a token and prints its secret on standard output, once. Only its hash is kept.",
                "Hosts that enrol with it get its labels."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock token create --uses 10 --ttl 1h --label role=web",
                "  drydock token create --uses 2 --ttl 15m --quiet > token"
            })
    int create(
            @Option(
                            names = "--uses",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "How many hosts may enrol with it. Default: 1.")
                    int uses,
            @Option(
                            names = "--ttl",
                            paramLabel = "DURATION",
                            defaultValue = "1h",
                            description = "How long it is good, for example 15m or 7d. Default: 1h.")
                    String ttl,
            @Option(
                            names = "--label",
                            paramLabel = "KEY=VALUE",
                            description = "Label for the hosts that enrol with it; may be given again.")
                    @Nullable
                    List<String> labels) {
        CreateTokenResponse created = app.api()
                .tokens()
                .createToken(CreateTokenRequest.newBuilder()
                        .setUses(uses)
                        .setTtl(Times.message(Options.duration("--ttl", ttl)))
                        .putAllLabels(Pairs.parse("--label", labels))
                        .build());
        Token token = created.getToken();
        Output output = app.output();
        output.answer(created, List.of(created.getSecret()), () -> List.of(created.getSecret()));
        output.hint("Token " + token.getId() + ": good for " + hosts(token.getUsesLeft()) + " until "
                + output.times().atAndRelative(token.getExpiresAt()) + ". It is shown only now.");
        output.hint("On each host: drydock-agent enroll --controller HOST:7443 --token-file FILE");
        return 0;
    }

    private static String hosts(int count) {
        return count == 1 ? "1 host" : count + " hosts";
    }

    @Command(
            name = "list",
            description = "Lists the tokens, without their secrets.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock token list", "  drydock token list --output json"})
    int list() {
        ListTokensResponse tokens = app.api().tokens().listTokens(ListTokensRequest.getDefaultInstance());
        Output output = app.output();
        output.answer(tokens, tokens.getTokensList().stream().map(Token::getId).toList(), () -> {
            Table table = Table.of("ID", "STATE", "USES LEFT", "EXPIRES", "LABELS");
            tokens.getTokensList()
                    .forEach(token -> table.row(
                            Cell.of(token.getId()),
                            state(token, output.times()),
                            Cell.of(token.getUsesLeft()),
                            Cell.of(output.times().atAndRelative(token.getExpiresAt())),
                            Cell.orDash(Pairs.text(token.getLabelsMap()))));
            return output.list(table, "No tokens. Make one with drydock token create.");
        });
        return 0;
    }

    private static Cell state(Token token, Times times) {
        if (token.getRevoked()) {
            return new Cell("revoked", Style.BAD);
        }
        if (Times.instant(token.getExpiresAt()).isBefore(times.now())) {
            return new Cell("expired", Style.DIM);
        }
        return token.getUsesLeft() == 0 ? new Cell("used up", Style.DIM) : new Cell("good", Style.GOOD);
    }

    @Command(
            name = "revoke",
            description = "Makes a token useless. Hosts that enrolled with it stay.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock token revoke t-4K7Q2M9XTB", "  drydock token revoke t-4K7Q2M9XTB --yes"})
    int revoke(
            @Parameters(paramLabel = "ID", description = "The token's id, as drydock token list shows it.") String id,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        app.confirm(yes, "Revoke token " + id + "?");
        Token token = app.api()
                .tokens()
                .revokeToken(RevokeTokenRequest.newBuilder().setId(id).build());
        app.output().answer(token, List.of(token.getId()), () -> List.of("Token " + token.getId() + " is revoked."));
        return 0;
    }
}
