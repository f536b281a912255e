package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.LastAnswer;
import dev.drydock.agent.host.packages.PackageId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Questions to dpkg's database, which is asked again for all packages only once it has changed. Changes nothing; thread-safe. */
final class Dpkg {
    static final String STATE = "/var/lib/dpkg";

    private final Commands commands;
    private final HostFiles files;
    private final AptInputs inputs;
    private final LastAnswer<List<String>, List<InstalledPackage>> listed = new LastAnswer<>();
    private final LastAnswer<List<String>, List<String>> audited = new LastAnswer<>();
    private volatile @Nullable String nativeArch;

    Dpkg(Commands commands, HostFiles files, AptInputs inputs) {
        this.commands = commands;
        this.files = files;
        this.inputs = inputs;
    }

    List<InstalledPackage> listing(Job job) throws HostException, InterruptedException {
        return listed.to(
                List.of("dpkg-query", "-W", "-f", DpkgListing.FORMAT),
                inputs.installed(),
                argv -> DpkgListing.parse(job.silent().require(commands, Map.of(), argv)));
    }

    Map<PackageId, String> sources(Job job) throws HostException, InterruptedException {
        return DpkgListing.sources(
                job.silent().require(commands, Map.of(), List.of("dpkg-query", "-W", "-f", DpkgListing.SOURCES)));
    }

    List<InstalledPackage> present(Job job) throws HostException, InterruptedException {
        return listing(job).stream().filter(DpkgListing::isPresent).toList();
    }

    List<String> audit(Job job) throws HostException, InterruptedException {
        List<String> all = new ArrayList<>(audited.to(
                List.of("dpkg", "--audit"),
                inputs.installed(),
                argv -> DpkgListing.audit(job.silent().require(commands, Map.of(), argv))));
        if (wasInterrupted()) {
            all.add("(dpkg was interrupted in the middle of a change)");
        }
        return all;
    }

    /** dpkg journals its database changes as numbered files, and merges them when it ends well. */
    private boolean wasInterrupted() throws HostException {
        try {
            Path updates = files.resolve(STATE + "/updates");
            if (!Files.isDirectory(updates)) {
                return false;
            }
            try (DirectoryStream<Path> left = Files.newDirectoryStream(updates, "[0-9]*")) {
                return left.iterator().hasNext();
            }
        } catch (IOException e) {
            throw new HostException(STATE + "/updates cannot be read", e);
        }
    }

    List<String> filesOf(Collection<PackageId> packages, Job job) throws HostException, InterruptedException {
        if (packages.isEmpty()) {
            return List.of();
        }
        List<String> argv = new ArrayList<>(List.of("dpkg-query", "-L"));
        for (PackageId id : packages) {
            argv.add(query(id));
        }
        TreeSet<String> paths = new TreeSet<>();
        // Packages without files are a failure to dpkg-query -L, and none to us.
        Commands.Result result = job.silent().run(commands, Map.of(), argv);
        if (result.timedOut()) {
            throw HostException.of("dpkg-query -L", result);
        }
        result.stdout()
                .lines()
                .filter(line -> line.startsWith("/") && line.length() > 2)
                .forEach(paths::add);
        return List.copyOf(paths);
    }

    /** {@code path → MD5 as the package brought it}, of the conffiles that the installed packages still have. */
    Map<String, String> conffiles(Collection<PackageId> ids, Job job) throws HostException, InterruptedException {
        if (ids.isEmpty()) {
            return Map.of(); // No name at all would mean all packages.
        }
        List<String> argv = new ArrayList<>(List.of("dpkg-query", "-W", "-f", "${Conffiles}\\n"));
        ids.forEach(id -> argv.add(query(id)));
        Map<String, String> found = new TreeMap<>();
        String text = job.silent().require(commands, Map.of(), argv);
        for (String line : text.lines().toList()) {
            String[] fields = line.strip().split(" ");
            if (fields.length == 2 && fields[0].startsWith("/")) {
                found.put(fields[0], fields[1]);
            }
        }
        return found;
    }

    /** Built into dpkg: a system does not change it. */
    String nativeArch(Job job) throws HostException, InterruptedException {
        String known = nativeArch;
        if (known == null) {
            known = job.silent()
                    .require(commands, Map.of(), List.of("dpkg", "--print-architecture"))
                    .strip();
            nativeArch = known;
        }
        return known;
    }

    /** How dpkg-query takes a package: {@code all} is no architecture to it. */
    static String query(PackageId id) {
        return id.arch().equals("all") ? id.name() : id.toString();
    }
}
