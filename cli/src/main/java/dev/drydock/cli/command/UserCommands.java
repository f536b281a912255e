package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.proto.v1.CreateUserRequest;
import dev.drydock.proto.v1.CreateUserResponse;
import dev.drydock.proto.v1.ListUsersRequest;
import dev.drydock.proto.v1.ListUsersResponse;
import dev.drydock.proto.v1.RemoveUserRequest;
import dev.drydock.proto.v1.User;
import dev.drydock.proto.v1.UserRole;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock user}. */
@Command(
        name = "user",
        description = "Users: who may do what. Who made a rollout cannot approve it.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock user create anna --role approver --quiet > anna.token", "  drydock user list"})
public final class UserCommands {
    private final App app;

    public UserCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "create",
            description = {
                "Makes a user and prints the user's token on standard output, once. Only its hash is kept.",
                "A viewer sees everything; an operator also makes and steers windows, playbooks and rollouts;",
                "an approver also lets waves and emergencies begin that another person made; an admin also",
                "lets users and hosts in and out."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock user create anna --role approver --quiet > anna.token",
                "  drydock user create dashboard --role viewer"
            })
    int create(
            @Parameters(paramLabel = "NAME", description = "The user's name.") String name,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "viewer, operator, approver or admin.")
                    String role) {
        CreateUserResponse created = app.api()
                .users()
                .createUser(CreateUserRequest.newBuilder()
                        .setName(name)
                        .setRole(role(role))
                        .build());
        Output output = app.output();
        output.answer(created, List.of(created.getToken()), () -> List.of(created.getToken()));
        output.hint("User " + name + " is " + word(created.getUser().getRole()) + ". The token is shown only now.");
        output.hint("The user logs in with: drydock login --address HOST:8443 --ca ca.crt --token-file FILE");
        return 0;
    }

    private static UserRole role(String written) {
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

    private static String word(UserRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    @Command(
            name = "list",
            description = "Lists the users and their roles.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock user list", "  drydock user list --output json"})
    int list() {
        ListUsersResponse users = app.api().users().listUsers(ListUsersRequest.getDefaultInstance());
        Output output = app.output();
        output.answer(users, users.getUsersList().stream().map(User::getName).toList(), () -> {
            Table table = Table.of("NAME", "ROLE", "CREATED");
            users.getUsersList()
                    .forEach(user -> table.row(
                            Cell.of(user.getName()),
                            Cell.of(word(user.getRole())),
                            Cell.of(output.times().relative(user.getCreatedAt()))));
            return output.list(table, "No users.");
        });
        return 0;
    }

    @Command(
            name = "remove",
            description = "Lets a user in no more. What the user did stays on record.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock user remove anna", "  drydock user remove anna --yes"})
    int remove(
            @Parameters(paramLabel = "NAME", description = "The user's name.") String name,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        app.confirm(yes, "Remove user " + name + "?");
        var removed = app.api()
                .users()
                .removeUser(RemoveUserRequest.newBuilder().setName(name).build());
        app.output().answer(removed, List.of(name), () -> List.of("User " + name + " is removed."));
        return 0;
    }
}
