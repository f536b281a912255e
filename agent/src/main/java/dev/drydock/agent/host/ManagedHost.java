package dev.drydock.agent.host;

import dev.drydock.agent.host.packages.PackageManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The system that the agent manages: this machine, or one that is mounted in a root directory.
 *
 * <p>In a root directory packages, files and commands are real (by {@code chroot}); processes, network, kernel, clock and
 * boot are this machine's; services are init scripts, since no systemd runs there. Whoever mounts the root also mounts
 * {@code /proc} and {@code /dev} in it where its packages' scripts want them.
 *
 * @param packages empty when no package manager that is understood was found
 */
public record ManagedHost(HostFiles files, Commands commands, Services services, Optional<PackageManager> packages) {
    /**
     * @param root absolute; {@code /} for this machine
     * @throws IOException when it is not a root of a Linux system
     */
    public static ManagedHost open(Path root) throws IOException {
        if (!root.isAbsolute() || !Files.isDirectory(root)) {
            throw new IOException("root '" + root + "' is not an absolute path of a directory");
        }
        HostFiles files = new HostFiles(root.toRealPath());
        if (!files.exists("/etc/os-release") && !files.exists("/usr/lib/os-release")) {
            throw new IOException("root '" + root + "' has no /etc/os-release: no Linux system is mounted there");
        }
        Commands commands = new LocalCommands(files);
        boolean systemd = files.isWholeSystem() && files.exists("/run/systemd/system");
        // The JVM's own time on Linux is CLOCK_MONOTONIC.
        Services services =
                systemd ? new SystemdServices(commands, System::nanoTime) : new InitScriptServices(commands, files);
        return new ManagedHost(files, commands, services, PackageManagers.of(files, commands));
    }

    /** What is not real here, a line each; empty on a machine of its own with systemd. */
    public List<String> limits() {
        if (!files.isWholeSystem()) {
            return List.of(
                    "Root directory " + files.root() + ": packages, files and commands are real; processes, network,"
                            + " kernel and boot are those of the machine that it is mounted on",
                    "No systemd in it: services are its init scripts, and nothing restarts what dies");
        }
        return services.manager().equals("systemd")
                ? List.of()
                : List.of("No systemd here: services are init scripts, and nothing restarts what dies");
    }
}
