package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.proto.v1.AddGrantRequest;
import dev.drydock.proto.v1.CreateUserRequest;
import dev.drydock.proto.v1.CreateUserResponse;
import dev.drydock.proto.v1.ListUsersRequest;
import dev.drydock.proto.v1.ListUsersResponse;
import dev.drydock.proto.v1.RemoveGrantRequest;
import dev.drydock.proto.v1.RemoveUserRequest;
import dev.drydock.proto.v1.SetSingleSignOnRequest;
import dev.drydock.proto.v1.UnlockUserRequest;
import dev.drydock.proto.v1.User;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock user}. */
@Command(
        name = "user",
        description = "Users: who may do what. Who made a rollout cannot approve it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock user create anna --role approver --quiet > anna.token",
            "  drydock user create shop --role operator --hosts 'host.labels.client == \"shop\"'",
            "  drydock user list"
        })
public final class UserCommands {
    private static final String NAME = "The user's name.";
    private static final String ROLES = "viewer, operator, approver or admin.";
    private static final String HOSTS = "For these hosts alone: CEL over host. Default: the whole fleet.";

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
                "lets users and hosts in and out. With --hosts it is that for these hosts alone, and sees no others."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock user create anna --role approver --quiet > anna.token",
                "  drydock user create dashboard --role viewer",
                "  drydock user create shop --role operator --hosts 'host.labels.client == \"shop\"'"
            })
    int create(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--role", required = true, paramLabel = "ROLE", description = ROLES) String role,
            @Option(names = "--hosts", paramLabel = "CEL", description = HOSTS) @Nullable String hosts) {
        CreateUserResponse created = app.api()
                .users()
                .createUser(CreateUserRequest.newBuilder()
                        .setName(name)
                        .setRole(UserText.role(role))
                        .setHosts(Options.orEmpty(hosts))
                        .build());
        Output output = app.output();
        output.answer(created, List.of(created.getToken()), () -> List.of(created.getToken()));
        output.hint("User " + name + " is " + UserText.grants(created.getUser().getGrantsList())
                + ". The token is shown only now.");
        output.hint("The user logs in with: drydock login --address HOST:8443 --ca ca.crt --token-file FILE");
        return 0;
    }

    @Command(
            name = "list",
            description = "Lists the users and what each may do.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock user list", "  drydock user list --output json"})
    int list() {
        ListUsersResponse users = app.api().users().listUsers(ListUsersRequest.getDefaultInstance());
        Output output = app.output();
        output.answer(users, users.getUsersList().stream().map(User::getName).toList(), () -> {
            Table table = Table.of("NAME", "IS", "LOGS IN WITH", "CREATED");
            users.getUsersList()
                    .forEach(user -> table.row(
                            Cell.of(user.getName()),
                            Cell.of(UserText.grants(user.getGrantsList())),
                            UserText.login(user, output.times()),
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
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        app.confirm(yes, "Remove user " + name + "?");
        var removed = app.api()
                .users()
                .removeUser(RemoveUserRequest.newBuilder().setName(name).build());
        app.output().answer(removed, List.of(name), () -> List.of("User " + name + " is removed."));
        return 0;
    }

    @Command(
            name = "grant",
            description = "Gives a user a role for hosts, beside what it has.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock user grant shop --role viewer --hosts 'host.labels.client == \"shop\"'",
                "  drydock user grant anna --role admin"
            })
    int grant(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--role", required = true, paramLabel = "ROLE", description = ROLES) String role,
            @Option(names = "--hosts", paramLabel = "CEL", description = HOSTS) @Nullable String hosts) {
        User user = app.api()
                .access()
                .addGrant(AddGrantRequest.newBuilder()
                        .setUser(name)
                        .setRole(UserText.role(role))
                        .setHosts(Options.orEmpty(hosts))
                        .build());
        return is(user);
    }

    private int is(User user) {
        app.output()
                .answer(
                        user,
                        List.of(user.getName()),
                        () -> List.of("User " + user.getName() + " is " + UserText.grants(user.getGrantsList()) + "."));
        return ExitCode.DONE;
    }

    @Command(
            name = "ungrant",
            description = "Takes a role for hosts from a user. Role and hosts are as they were granted.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock user ungrant anna --role admin",
                "  drydock user ungrant shop --role viewer --hosts 'host.labels.client == \"shop\"'"
            })
    int ungrant(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--role", required = true, paramLabel = "ROLE", description = ROLES) String role,
            @Option(names = "--hosts", paramLabel = "CEL", description = "As it was granted.") @Nullable String hosts) {
        User user = app.api()
                .access()
                .removeGrant(RemoveGrantRequest.newBuilder()
                        .setUser(name)
                        .setRole(UserText.role(role))
                        .setHosts(Options.orEmpty(hosts))
                        .build());
        return is(user);
    }

    @Command(
            name = "passwd",
            description = {
                "Changes your password: the old one and the new one are asked for, or read from files.",
                "With --reset an administrator gives a user a password that lets it in to choose another, for three days;"
                        + " it is printed, once."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  drydock user passwd", "  drydock user passwd --reset anna"})
    int passwd(
            @Option(names = "--reset", paramLabel = "NAME", description = "Give this user a new one.") @Nullable
                    String reset,
            @Option(
                            names = "--old-file",
                            paramLabel = "FILE",
                            description = "Its first line is the old one; - reads a line.")
                    @Nullable
                    String oldFile,
            @Option(
                            names = "--new-file",
                            paramLabel = "FILE",
                            description = "Its first line is the new one; - reads a line.")
                    @Nullable
                    String newFile) {
        return reset == null ? new UserLogins(app).change(oldFile, newFile) : new UserLogins(app).reset(reset);
    }

    @Command(
            name = "totp",
            description = {
                "Your second factor, a code from an authenticator: enrol makes one, confirm makes it count and prints"
                        + " recovery codes, once; disable takes it away.",
                "With --reset an administrator takes away that of a user who lost it."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  drydock user totp enrol", "  drydock user totp confirm", "  drydock user totp --reset anna"})
    int totp(
            @Parameters(paramLabel = "ACTION", arity = "0..1", description = "enrol, confirm or disable.") @Nullable
                    String action,
            @Option(names = "--reset", paramLabel = "NAME", description = "Take away this user's.") @Nullable
                    String reset,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description = "Its first line is your password; - reads a line.")
                    @Nullable
                    String passwordFile,
            @Option(
                            names = "--code-file",
                            paramLabel = "FILE",
                            description = "Its first line is the code; - reads a line.")
                    @Nullable
                    String codeFile) {
        return new UserLogins(app).totp(Options.orEmpty(action), reset, passwordFile, codeFile);
    }

    @Command(
            name = "unlock",
            description = "Lets a user log in again who has to wait after failed logins.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock user unlock anna", "  drydock user unlock anna --quiet"})
    int unlock(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        User user = app.api()
                .access()
                .unlockUser(UnlockUserRequest.newBuilder().setUser(name).build());
        app.output().answer(user, List.of(name), () -> List.of("User " + name + " may log in again."));
        return ExitCode.DONE;
    }

    @Command(
            name = "sso",
            description = {
                "Lets a user sign in to pages by the provider of single sign-on. Who first does so under the user's name",
                "is the user from then on. With --undo that is taken away and forgotten, and the user's sessions end."
            },
            footerHeading = "%nExamples:%n",
            footer = {"  drydock user sso anna", "  drydock user sso anna --undo"})
    int sso(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--undo", description = "Not any more.") boolean undo) {
        User user = app.api()
                .access()
                .setSingleSignOn(SetSingleSignOnRequest.newBuilder()
                        .setUser(name)
                        .setAllowed(!undo)
                        .build());
        app.output()
                .answer(
                        user,
                        List.of(name),
                        () -> List.of("User " + name
                                + (undo
                                        ? " may sign in by the provider no more; all sessions have ended."
                                        : " may sign in by the provider.")));
        return ExitCode.DONE;
    }

    @Command(
            name = "sessions",
            description = "Lists your logins that last, or ends them.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock user sessions", "  drydock user sessions --user anna --end all"})
    int sessions(
            @Option(names = "--user", paramLabel = "NAME", description = "This user's, for administrators.") @Nullable
                    String user,
            @Option(names = "--end", paramLabel = "ID", description = "End this one; all: all of them.") @Nullable
                    String end) {
        return new UserLogins(app).sessions(Options.orEmpty(user), end);
    }
}
