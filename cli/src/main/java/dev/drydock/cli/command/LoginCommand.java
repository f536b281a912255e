package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.client.Target;
import dev.drydock.cli.context.Context;
import dev.drydock.cli.context.ContextStore;
import dev.drydock.proto.v1.GetVersionRequest;
import dev.drydock.proto.v1.GetVersionResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drydock login}. */
@Command(
        name = "login",
        description = {
            "Keeps a controller's address, CA and token as a context, after asking the controller with them.",
            "The token is never an argument: it is read from a file, or from standard input with '-'."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock login --address ctl.example.com:8443 --ca ca.crt --token-file admin.token",
            "  ssh ctl.example.com sudo cat /var/lib/drydock/admin.token | \\",
            "      drydock login --address ctl.example.com --ca ca.crt --token-file -",
            "  drydock login --context lab --address 127.0.0.1:8443 --ca lab/ca.crt --token-file lab/admin.token"
        })
public final class LoginCommand implements Callable<Integer> {
    private final App app;

    @Option(
            names = "--address",
            required = true,
            paramLabel = "HOST:PORT",
            description = "Where the controller's management plane listens; port 8443 where none is given.")
    private String address = "";

    @Option(
            names = "--ca",
            required = true,
            paramLabel = "FILE",
            description = "PEM file with the controller's CA: ca.crt in its data directory.")
    private Path ca = Path.of("");

    @Option(
            names = "--token-file",
            required = true,
            paramLabel = "FILE",
            description = "File with the token (admin.token in the controller's data directory), or '-'.")
    private String tokenFile = "";

    public LoginCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() {
        String name = app.contextOption()
                .or(() -> app.environment().variable("DRYDOCK_CONTEXT"))
                .orElse("default");
        String token = token();
        String caPem = read(ca, "the CA file");
        Target target = ContextStore.target(name, address, ca, token);
        GetVersionResponse version = app.connect(target).system().getVersion(GetVersionRequest.getDefaultInstance());
        Context saved = app.contexts().save(name, target.address(), caPem, token);
        app.output()
                .answer(
                        version,
                        List.of(name),
                        () -> List.of(
                                "Logged in to " + saved.address() + " (Drydock " + version.getVersion()
                                        + ") as context '" + name + "'.",
                                "CA      SHA-256 " + version.getCaFingerprint(),
                                "Kept in " + app.contexts().file() + ", readable by you only."));
        return 0;
    }

    private String token() {
        String token;
        if (tokenFile.equals("-")) {
            try {
                token = app.readInput();
            } catch (IOException e) {
                throw CliException.failed(
                        "Cannot read the token from standard input: " + e + ".", "Give a file instead.");
            }
        } else {
            token = read(Path.of(tokenFile), "the token file").strip();
        }
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw CliException.usage(
                    "What --token-file " + tokenFile + " holds is not a token: it must be one word.",
                    "Take admin.token from the controller's data directory.");
        }
        return token;
    }

    private static String read(Path file, String what) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw CliException.usage("Cannot read " + what + " " + file + ": " + e + ".", "Check its path and mode.");
        }
    }
}
