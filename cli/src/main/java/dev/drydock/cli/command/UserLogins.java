package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.proto.v1.ChangePasswordRequest;
import dev.drydock.proto.v1.ConfirmTotpRequest;
import dev.drydock.proto.v1.DisableTotpRequest;
import dev.drydock.proto.v1.EnrolTotpRequest;
import dev.drydock.proto.v1.EnrolTotpResponse;
import dev.drydock.proto.v1.ListSessionsRequest;
import dev.drydock.proto.v1.ResetPasswordRequest;
import dev.drydock.proto.v1.ResetPasswordResponse;
import dev.drydock.proto.v1.ResetTotpRequest;
import dev.drydock.proto.v1.RevokeSessionsRequest;
import dev.drydock.proto.v1.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passwords, second factors and sessions: what {@link UserCommands} does with them. Nothing secret is in an argument. */
final class UserLogins {
    private static final String PASSWORD_FILE = "--password-file";
    private static final String CODE_FILE = "--code-file";
    private static final String ALL = "all";

    private final App app;

    UserLogins(App app) {
        this.app = app;
    }

    int change(@Nullable String oldFile, @Nullable String newFile) {
        String old = LocalFiles.secret(app, "--old-file", oldFile, "Old password");
        String fresh = LocalFiles.secret(app, "--new-file", newFile, "New password, at least 12 characters");
        if (newFile == null && !fresh.equals(app.askSecret("New password again", "--new-file"))) {
            throw CliException.refused("Not done: the two are not the same.", "");
        }
        var changed = app.api()
                .account()
                .changePassword(ChangePasswordRequest.newBuilder()
                        .setOldPassword(old)
                        .setNewPassword(fresh)
                        .build());
        app.output().answer(changed, List.of(), () -> List.of("The password is changed; all sessions ended."));
        return ExitCode.DONE;
    }

    int reset(String name) {
        ResetPasswordResponse reset = app.api()
                .access()
                .resetPassword(ResetPasswordRequest.newBuilder().setUser(name).build());
        Output output = app.output();
        output.answer(reset, List.of(reset.getOneTimePassword()), () -> List.of(reset.getOneTimePassword()));
        output.hint("It lets user " + name + " in to choose another, for three days. It is shown only now.");
        return ExitCode.DONE;
    }

    int totp(String action, @Nullable String reset, @Nullable String passwordFile, @Nullable String codeFile) {
        if (reset != null && action.isEmpty()) {
            var user = app.api()
                    .access()
                    .resetTotp(ResetTotpRequest.newBuilder().setUser(reset).build());
            app.output().answer(user, List.of(reset), () -> List.of("User " + reset + " has no second factor now."));
            return ExitCode.DONE;
        }
        return switch (reset == null ? action : "") {
            case "enrol" -> enrol(passwordFile);
            case "confirm" -> confirm(codeFile);
            case "disable" -> disable(passwordFile, codeFile);
            default ->
                throw CliException.usage("Say what to do with the second factor.", "Write enrol, confirm or disable.");
        };
    }

    private int enrol(@Nullable String passwordFile) {
        EnrolTotpResponse made = app.api()
                .account()
                .enrolTotp(EnrolTotpRequest.newBuilder()
                        .setPassword(LocalFiles.secret(app, PASSWORD_FILE, passwordFile, "Password"))
                        .build());
        Output output = app.output();
        output.answer(
                made, List.of(made.getUri()), () -> List.of("secret  " + made.getSecret(), "address " + made.getUri()));
        output.hint("Give one of them to your authenticator, then: drydock user totp confirm");
        return ExitCode.DONE;
    }

    private int confirm(@Nullable String codeFile) {
        var confirmed = app.api()
                .account()
                .confirmTotp(ConfirmTotpRequest.newBuilder()
                        .setCode(LocalFiles.secret(app, CODE_FILE, codeFile, "Code"))
                        .build());
        Output output = app.output();
        output.answer(confirmed, confirmed.getRecoveryCodesList(), () -> {
            List<String> lines = new ArrayList<>(List.of("Logins ask for a code from now on. Recovery codes:"));
            confirmed.getRecoveryCodesList().forEach(code -> lines.add("  " + code));
            return lines;
        });
        output.hint(
                "Each is good once in place of a code. They are shown only now; keep them apart from the authenticator.");
        return ExitCode.DONE;
    }

    private int disable(@Nullable String passwordFile, @Nullable String codeFile) {
        var disabled = app.api()
                .account()
                .disableTotp(DisableTotpRequest.newBuilder()
                        .setPassword(LocalFiles.secret(app, PASSWORD_FILE, passwordFile, "Password"))
                        .setCode(LocalFiles.secret(app, CODE_FILE, codeFile, "Code, or recovery code"))
                        .build());
        app.output().answer(disabled, List.of(), () -> List.of("Logins ask for no code any more."));
        return ExitCode.DONE;
    }

    int sessions(String user, @Nullable String end) {
        return end == null ? list(user) : end(user, end);
    }

    private int end(String user, String id) {
        var ended = app.api()
                .account()
                .revokeSessions(RevokeSessionsRequest.newBuilder()
                        .setUser(user)
                        .setId(id.equals(ALL) ? "" : id)
                        .build());
        app.output()
                .answer(
                        ended,
                        List.of(Integer.toString(ended.getRevoked())),
                        () -> List.of("Sessions that ended: " + ended.getRevoked() + "."));
        return ExitCode.DONE;
    }

    private int list(String user) {
        var sessions = app.api()
                .account()
                .listSessions(ListSessionsRequest.newBuilder().setUser(user).build());
        Output output = app.output();
        List<Session> all = sessions.getSessionsList();
        output.answer(sessions, all.stream().map(Session::getId).toList(), () -> {
            Table table = Table.of("ID", "FROM", "BEGUN", "LAST USED", "ENDS");
            all.forEach(session -> table.row(
                    Cell.of(session.getId()),
                    Cell.of(session.getAddress()),
                    Cell.of(output.times().relative(session.getCreatedAt())),
                    Cell.of(output.times().relative(session.getLastUsedAt())),
                    Cell.of(output.times().atAndRelative(session.getExpiresAt()))));
            return output.list(table, "No sessions.");
        });
        return ExitCode.DONE;
    }
}
