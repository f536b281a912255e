package dev.drydock.agent;

import dev.drydock.agent.config.AgentPaths;
import dev.drydock.agent.config.AgentVersion;
import dev.drydock.agent.config.InstanceLock;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.identity.ControllerAddress;
import dev.drydock.agent.identity.Enroller;
import dev.drydock.agent.identity.EnrolmentToken;
import dev.drydock.agent.identity.Identity;
import dev.drydock.agent.identity.IdentityException;
import dev.drydock.agent.identity.IdentityStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drydock-agent enroll}. */
@Command(
        name = "enroll",
        description = {
            "Enrols this host with a controller.",
            "Makes the host's key, which never leaves it, and has the controller certify it. The token says which"
                    + " controller is believed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock-agent enroll --controller ops.example.org --token-file token.txt",
            "  drydock-agent enroll --controller 10.0.0.5:7443 --token-file - --root /mnt/golden < token.txt"
        })
final class EnrollCommand implements Callable<Integer> {
    private static final int MAX_TOKEN = 4096;

    private final Main.Terminal terminal;

    @Mixin
    private DataOptions where = new DataOptions();

    @Option(
            names = "--controller",
            required = true,
            paramLabel = "HOST[:PORT]",
            description = "Where the controller listens for agents. Default port: 7443.")
    private String controller = "";

    @Option(
            names = "--token-file",
            required = true,
            paramLabel = "FILE",
            description = "File with the token that drydock token create printed; - reads it from standard input.")
    private String tokenFile = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What this host is called. Default: its host name. The controller makes it unique.")
    private @Nullable String name;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            defaultValue = "/",
            description = "The system to manage, where it is not this machine but mounted in a directory.")
    private Path root = Path.of("/");

    @Option(names = "--force", description = "Enrol again: the identity that this host has is given up.")
    private boolean force;

    @Option(
            names = "--again",
            description =
                    "Enrol again as the same host, whose certificate ended while it was away: it keeps its id, its labels"
                            + " and what it has to tell of its runs.")
    private boolean again;

    EnrollCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailure {
        ControllerAddress address = ControllerAddress.parse(controller)
                .orElseThrow(() -> CommandFailure.usage(
                        "--controller '" + controller + "' is no address; expected HOST, HOST:PORT or [IPv6]:PORT"));
        if (force && again) {
            throw CommandFailure.usage(
                    "--force makes another host of this one, --again keeps it: expected one of them");
        }
        Path managed = managedRoot();
        AgentPaths paths = where.paths();
        try (InstanceLock lock = InstanceLock.take(paths.lock())
                .orElseThrow(() -> CommandFailure.failed("an agent runs with the data directory " + paths.data()
                        + "; stop it first (systemctl stop drydock-agent)"))) {
            IdentityStore store = new IdentityStore(paths.identity());
            if (store.exists() && !force && !again) {
                throw CommandFailure.refused("this host is enrolled already (" + paths.identity()
                        + "); to enrol it again as the same host, use --again; to give that identity up and get another,"
                        + " --force");
            }
            Optional<Identity> former = again ? store.load() : Optional.empty();
            if (again && former.isEmpty()) {
                throw CommandFailure.refused("--again: this host is not enrolled; leave that option out");
            }
            EnrolmentToken token = EnrolmentToken.parse(readToken());
            Identity identity = new Enroller(new SecureRandom(), terminal.clock(), AgentVersion.get())
                    .enrol(address, token, hostName(managed), managed.toString(), former);
            store.adopt(store.stage(identity));
            tell(identity);
            return ExitCode.DONE;
        } catch (IdentityException e) {
            String message = "this host is not enrolled: " + e.getMessage();
            throw e.isRefused() ? CommandFailure.refused(message) : CommandFailure.failed(message);
        } catch (IOException e) {
            throw CommandFailure.failed("the data directory " + paths.data() + " cannot be used: " + e);
        }
    }

    private Path managedRoot() throws CommandFailure {
        try {
            return ManagedHost.open(root.toAbsolutePath()).files().root();
        } catch (IOException e) {
            throw CommandFailure.usage("--root: " + e.getMessage());
        }
    }

    private String readToken() throws CommandFailure {
        try {
            if (tokenFile.equals("-")) {
                return new String(terminal.in().readNBytes(MAX_TOKEN), StandardCharsets.UTF_8);
            }
            if (Files.size(Path.of(tokenFile)) > MAX_TOKEN) {
                throw CommandFailure.usage("--token-file " + tokenFile + " is too large to hold a token");
            }
            return Files.readString(Path.of(tokenFile));
        } catch (IOException e) {
            throw CommandFailure.usage("--token-file " + tokenFile + " cannot be read: " + e);
        }
    }

    private String hostName(Path managed) {
        return Optional.ofNullable(name).filter(given -> !given.isBlank()).orElseGet(() -> systemName(managed));
    }

    /** What the managed system calls itself; of this machine what the kernel says. */
    private static String systemName(Path managed) {
        try {
            Path file = managed.equals(Path.of("/"))
                    ? Path.of("/proc/sys/kernel/hostname")
                    : managed.resolve("etc/hostname");
            String found = Files.readString(file).strip();
            if (!found.isEmpty()) {
                return found;
            }
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "host";
        } catch (IOException e) {
            return managed.getFileName() == null
                    ? "host"
                    : managed.getFileName().toString();
        }
    }

    private void tell(Identity identity) {
        terminal.out()
                .println("Enrolled as " + identity.hostName() + " (" + identity.hostId() + ") with "
                        + identity.controller() + "; certificate good until " + identity.expires() + ".");
        if (identity.signers().isEmpty()) {
            terminal.out()
                    .println("No signer is pinned: this host will refuse every playbook. Pin one with drydock key pin"
                            + " and enrol again.");
        }
        identity.signers().forEach(signer -> terminal.out().println("Runs playbooks signed by " + signer + "."));
        terminal.out().println("Next: drydock-agent run, or systemctl enable --now drydock-agent.");
    }
}
