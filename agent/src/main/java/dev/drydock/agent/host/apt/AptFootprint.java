package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.Footprint;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the archives' lists and dpkg's database how large packages are. */
final class AptFootprint {
    private static final String SIZES = "${Package}\\t${Architecture}\\t${Installed-Size}\\n";
    private static final long KIB = 1024;

    private final Apt apt;

    AptFootprint(Apt apt) {
        this.apt = apt;
    }

    Footprint of(List<PackageChange> changes, Job job) throws HostException, InterruptedException {
        List<String> wanted = new ArrayList<>(List.of("show", "--no-all-versions"));
        changes.forEach(c -> wanted.add(Versions.argument(c)));
        String shown = apt.cache(wanted, job);
        String installed = apt.require(List.of("dpkg-query", "-W", "-f", SIZES), job.silent());
        return of(changes, DpkgStatus.stanzas(shown), installedSizes(installed));
    }

    /**
     * While dpkg works on a package its old and new files are both there. Packing one again takes its size three times: the
     * copied files, the tar of them, the package.
     */
    static Footprint of(List<PackageChange> changes, List<String> offered, Map<PackageId, Long> installed) {
        long newFiles = 0;
        long growth = 0;
        long largest = 0;
        for (String stanza : offered) {
            PackageId id = DpkgStatus.id(stanza);
            boolean wanted = changes.stream()
                    .anyMatch(c -> c.id().equals(id) && c.to().equals(DpkgStatus.field(stanza, "Version")));
            if (wanted) {
                long after = number(DpkgStatus.field(stanza, "Installed-Size")) * KIB;
                newFiles += number(DpkgStatus.field(stanza, "Size"));
                growth += Math.max(0, after - installed.getOrDefault(id, 0L));
                largest = Math.max(largest, after);
            }
        }
        long oldFiles = 0;
        long largestOld = 0;
        for (PackageChange change : changes) {
            long size = installed.getOrDefault(change.id(), 0L);
            oldFiles += size;
            largestOld = Math.max(largestOld, size);
        }
        return new Footprint(newFiles, oldFiles + 2 * largestOld, growth + largest);
    }

    /** In bytes. */
    static Map<PackageId, Long> installedSizes(String output) {
        Map<PackageId, Long> sizes = new HashMap<>();
        for (String line : output.lines().toList()) {
            String[] fields = line.split("\t", -1);
            if (fields.length == 3) {
                sizes.put(new PackageId(fields[0], fields[1]), number(fields[2]) * KIB);
            }
        }
        return sizes;
    }

    /** Packages may leave their size out. */
    private static long number(String text) {
        return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    }
}
