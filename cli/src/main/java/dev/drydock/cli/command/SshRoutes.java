package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.inventory.HostsFile;
import dev.drydock.cli.inventory.ListedHost;
import dev.drydock.cli.inventory.Machine;
import dev.drydock.cli.inventory.Route;
import dev.drydock.cli.ssh.Confirming;
import dev.drydock.cli.ssh.KnownHosts;
import dev.drydock.cli.ssh.Login;
import dev.drydock.cli.ssh.SshConnector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@link SshOptions}: the hosts, and how they are got into. Whatever is secret is asked for here, before any work begins. */
final class SshRoutes {
    private static final int MOST_AT_ONCE = 200;

    private final App app;
    private final SshOptions options;
    private final Map<Path, byte[]> passphrases = new HashMap<>();

    SshRoutes(App app, SshOptions options) {
        this.app = app;
        this.options = options;
    }

    /** In the order of the file. */
    List<ListedHost> hosts() {
        byte[] yaml = LocalFiles.reading(
                "read",
                Path.of(options.file),
                () -> options.file.equals("-")
                        ? app.readInput().getBytes(StandardCharsets.UTF_8)
                        : Files.readAllBytes(Path.of(options.file)));
        List<ListedHost> all = HostsFile.read(options.file.equals("-") ? "standard input" : options.file, yaml);
        Set<String> only = new TreeSet<>(Options.all(options.only));
        only.stream()
                .filter(name -> all.stream().noneMatch(host -> host.name().equals(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw CliException.usage(
                            "--only " + name + ": " + options.file + " lists no host of that name.",
                            "It lists " + all.stream().map(ListedHost::name).collect(Collectors.joining(", ")) + ".");
                });
        return only.isEmpty()
                ? all
                : all.stream().filter(host -> only.contains(host.name())).toList();
    }

    int parallel() {
        if (options.parallel < 1 || options.parallel > MOST_AT_ONCE) {
            throw CliException.usage(
                    "--parallel " + options.parallel + " is not 1 to " + MOST_AT_ONCE + ".", "10 suits most networks.");
        }
        return options.parallel;
    }

    /** @param confirming asked where a host key is not known */
    Route route(List<ListedHost> hosts, Confirming confirming) {
        Optional<String> password =
                asked(options.passwordFile, "--ssh-password-file", options.askPassword, "SSH password");
        Optional<String> sudo =
                asked(options.sudoPasswordFile, "--sudo-password-file", options.askSudoPassword, "sudo password");
        List<Machine> jumps =
                Options.all(options.jumps).stream().map(this::jump).toList();
        Map<Optional<String>, Login> logins = new HashMap<>();
        Stream.concat(
                        Stream.of(Optional.<String>empty()),
                        hosts.stream()
                                .flatMap(host -> Stream.concat(Stream.of(host.address()), host.jumps().stream()))
                                .map(Machine::key))
                .distinct()
                .forEach(key -> logins.put(key, login(key, password)));
        Duration patience = Options.duration("--connect-timeout", options.connectTimeout);
        return new Route(
                new SshConnector(knownHosts(), confirming, patience),
                key -> logins.getOrDefault(key, logins.get(Optional.<String>empty())),
                user(),
                options.port,
                jumps,
                options.become == SshOptions.Become.SUDO,
                sudo);
    }

    private String user() {
        return Optional.ofNullable(options.user)
                .or(() -> app.environment().variable("USER"))
                .orElseGet(() -> System.getProperty("user.name"));
    }

    private Machine jump(String text) {
        return Machine.parse(text)
                .orElseThrow(() ->
                        CliException.usage("--jump '" + text + "' is no machine.", "Write " + Machine.FORM + "."));
    }

    private KnownHosts knownHosts() {
        Path file = options.knownHosts == null ? home().resolve(".ssh/known_hosts") : options.knownHosts;
        try {
            return KnownHosts.read(file);
        } catch (IOException e) {
            throw CliException.failed(
                    "Cannot read the known hosts in " + file + ": " + e.getMessage() + ".",
                    "Mend it, or give --known-hosts.");
        }
    }

    private Login login(Optional<String> named, Optional<String> password) {
        Optional<Path> agent = options.noAgent
                ? Optional.empty()
                : app.environment().variable("SSH_AUTH_SOCK").map(Path::of);
        List<Path> keys = new ArrayList<>();
        named.map(this::file).ifPresent(keys::add);
        if (options.keys != null) {
            keys.addAll(options.keys);
        } else if (named.isEmpty()) {
            keys.addAll(usual(agent.isPresent()));
        }
        return Login.of(keys, this::passphrase, agent, password);
    }

    /** As ssh(1) has them. One with a passphrase is left out where the ssh-agent has it, or nobody can be asked. */
    private List<Path> usual(boolean agent) {
        boolean mayAsk = options.passphraseFile != null
                || !agent && app.environment().terminal().input();
        return Stream.of("id_ed25519", "id_ecdsa", "id_rsa")
                .map(name -> home().resolve(".ssh").resolve(name))
                .filter(Files::isReadable)
                .filter(key -> mayAsk || !Login.needsPassphrase(key))
                .toList();
    }

    private Path home() {
        return Path.of(app.environment().variable("HOME").orElse("."));
    }

    /** Names in the file are relative to its folder. */
    private Path file(String name) {
        if (name.startsWith("~/")) {
            return home().resolve(name.substring(2));
        }
        Path folder = options.file.equals("-") ? null : Path.of(options.file).getParent();
        return folder == null ? Path.of(name) : folder.resolve(name);
    }

    private byte[] passphrase(Path key) {
        return passphrases.computeIfAbsent(
                key, any -> LocalFiles.secret(app, "--passphrase-file", options.passphraseFile, "Passphrase of " + key)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> asked(@Nullable String file, String option, boolean ask, String prompt) {
        return file == null && !ask ? Optional.empty() : Optional.of(LocalFiles.secret(app, option, file, prompt));
    }
}
