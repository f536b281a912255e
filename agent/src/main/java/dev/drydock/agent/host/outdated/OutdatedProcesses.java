package dev.drydock.agent.host.outdated;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.ProcessTable;
import dev.drydock.agent.host.Services;
import dev.drydock.agent.host.UnitOfProcess;
import dev.drydock.agent.host.outdated.Outdated.Holder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the services that still run code that was replaced: under systemd by every process's mapped files, with init scripts by
 * the program that each service runs. Changes nothing; thread-safe.
 */
public final class OutdatedProcesses {
    private final ManagedHost host;
    private final Path proc;

    /** @param proc where the kernel tells of processes */
    public OutdatedProcesses(ManagedHost host, Path proc) {
        this.host = host;
        this.proc = proc;
    }

    /** False in a root directory: the processes are those of another system. */
    public boolean applicable() {
        return host.files().isWholeSystem();
    }

    public Outdated find(Job job) throws HostException, IOException, InterruptedException {
        if (!applicable()) {
            return Outdated.NOTHING;
        }
        Services services = host.services();
        return services.manager().equals("systemd")
                ? Outdated.of(holders(), unit(proc.resolve("self")))
                : new Outdated(initScripts(services, job), List.of());
    }

    /** The services in the order in which they are to be restarted. */
    public List<String> inOrder(List<String> units, Job job) throws HostException, InterruptedException {
        return UnitOrder.of(units, host.services().startedAfter(units, job));
    }

    private List<String> initScripts(Services services, Job job)
            throws HostException, IOException, InterruptedException {
        List<String> scripts = new ArrayList<>();
        Path directory = host.files().resolve("/etc/init.d");
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
                all.forEach(script -> scripts.add("/etc/init.d/" + script.getFileName()));
            }
        }
        List<String> outdated = new ArrayList<>();
        for (String name : services.definedBy(scripts)) {
            if (services.outdated(name, job)) {
                outdated.add(name);
            }
        }
        return outdated;
    }

    private List<Holder> holders() throws IOException {
        List<Holder> holders = new ArrayList<>();
        Optional<Path> ours = namespace(proc.resolve("self"));
        try (DirectoryStream<Path> all = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : all) {
                // Those of containers have files of their own, under the same names.
                if (namespace(process).equals(ours)
                        && !MappedFiles.replaced(text(process, "maps")).isEmpty()) {
                    long pid = Long.parseLong(String.valueOf(process.getFileName()));
                    holders.add(new Holder(pid, unit(process), ProcessTable.commandOf(pid)));
                }
            }
        }
        return holders;
    }

    private static Optional<String> unit(Path process) {
        return UnitOfProcess.of(text(process, "cgroup"));
    }

    private static Optional<Path> namespace(Path process) {
        try {
            return Optional.of(Files.readSymbolicLink(process.resolve("ns/pid")));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Empty when the process is gone meanwhile. */
    private static String text(Path process, String name) {
        try {
            return new String(Files.readAllBytes(process.resolve(name)), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
