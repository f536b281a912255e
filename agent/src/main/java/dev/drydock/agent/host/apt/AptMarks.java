package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.PackageId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * apt's note of which packages are there for the sake of others only. Read from apt's file, since {@code apt-mark} opens the
 * lists of all packages to say it; written by {@code apt-mark} alone.
 */
final class AptMarks {
    private static final String FILE = "/var/lib/apt/extended_states";

    private final Apt apt;
    private final Dpkg dpkg;
    private final HostFiles files;

    AptMarks(Apt apt, Dpkg dpkg, HostFiles files) {
        this.apt = apt;
        this.dpkg = dpkg;
        this.files = files;
    }

    /** Those of the packages that are marked. */
    Set<PackageId> automatic(Collection<PackageId> packages, Job job) throws HostException, InterruptedException {
        if (packages.isEmpty()) {
            return Set.of();
        }
        Set<PackageId> marked = parse(noted());
        String arch = dpkg.nativeArch(job);
        Set<PackageId> found = new HashSet<>();
        for (PackageId id : packages) {
            // apt notes a package for all architectures under the system's own.
            if (marked.contains(id.arch().equals("all") ? new PackageId(id.name(), arch) : id)) {
                found.add(id);
            }
        }
        return found;
    }

    /** Asks apt only for those that are not marked so already. Idempotent. */
    void mark(Collection<PackageId> packages, boolean automatic, Job job) throws HostException, InterruptedException {
        Set<PackageId> marked = automatic(packages, job);
        List<String> argv = new ArrayList<>(List.of("apt-mark", automatic ? "auto" : "manual"));
        packages.stream()
                .filter(id -> marked.contains(id) != automatic)
                .map(Dpkg::query)
                .forEach(argv::add);
        if (argv.size() > 2) {
            apt.require(argv, job.silent());
        }
    }

    /** No file: nothing was ever marked. */
    private String noted() throws HostException {
        try {
            return files.read(FILE).orElse("");
        } catch (IOException e) {
            throw new HostException("apt's marks in " + FILE + " cannot be read: " + e.getMessage(), e);
        }
    }

    static Set<PackageId> parse(String text) {
        Set<PackageId> marked = new HashSet<>();
        for (String stanza : DpkgStatus.stanzas(text)) {
            if (DpkgStatus.field(stanza, "Auto-Installed").equals("1")) {
                marked.add(DpkgStatus.id(stanza));
            }
        }
        return marked;
    }
}
