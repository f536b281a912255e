package dev.drydock.cli.command;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which hosts, and how they are logged in to. What the file of hosts says of a host goes before all of it. */
final class SshOptions {
    enum Become {
        SUDO,
        NONE
    }

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The file that lists the hosts (docs/bootstrap.md); - reads standard input.")
    String file = "";

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only these hosts of the file; may be given again.")
    @Nullable
    List<String> only;

    @Option(names = "--ssh-user", paramLabel = "USER", description = "Who logs in. Default: you, by $USER.")
    @Nullable
    String user;

    @Option(names = "--ssh-port", paramLabel = "PORT", defaultValue = "22", description = "Default: 22.")
    int port = 22;

    @Option(
            names = "--ssh-key",
            paramLabel = "FILE",
            description = "A private key; may be given again. Default: ~/.ssh/id_ed25519, id_ecdsa and id_rsa.")
    @Nullable
    List<Path> keys;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Its first line is the passphrase of the keys. Default: asked for.")
    @Nullable
    String passphraseFile;

    @Option(names = "--no-ssh-agent", description = "Leave out the keys of the ssh-agent ($SSH_AUTH_SOCK).")
    boolean noAgent;

    @Option(
            names = "--ssh-password-file",
            paramLabel = "FILE",
            description = "Its first line is the password that lets in; - reads standard input.")
    @Nullable
    String passwordFile;

    @Option(names = "--ask-ssh-password", description = "Ask for the password that lets in.")
    boolean askPassword;

    @Option(
            names = {"-J", "--jump"},
            paramLabel = "[USER@]HOST[:PORT]",
            split = ",",
            description = "Machines on the way, the nearest first.")
    @Nullable
    List<String> jumps;

    @Option(
            names = "--become",
            paramLabel = "sudo|none",
            defaultValue = "none",
            description = "How root is got where who logs in is not root. Default: none.")
    Become become = Become.NONE;

    @Option(
            names = "--sudo-password-file",
            paramLabel = "FILE",
            description = "Its first line is what sudo asks for; - reads standard input.")
    @Nullable
    String sudoPasswordFile;

    @Option(names = "--ask-sudo-password", description = "Ask for what sudo asks for.")
    boolean askSudoPassword;

    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description = "Host keys that are believed. Default: ~/.ssh/known_hosts.")
    @Nullable
    Path knownHosts;

    @Option(
            names = "--connect-timeout",
            paramLabel = "DURATION",
            defaultValue = "15s",
            description = "How long a machine may take to answer. Default: 15s.")
    String connectTimeout = "15s";

    @Option(names = "--parallel", paramLabel = "N", defaultValue = "10", description = "Hosts at once. Default: 10.")
    int parallel = 10;
}
