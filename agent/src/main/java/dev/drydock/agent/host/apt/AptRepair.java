package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.InstalledPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Mends what dpkg left half done: configures what is unpacked, and has apt install again, in the very version, what was cut off
 * while it was unpacked. Changed configuration files stay. Where apt would have to touch a package that is whole, it is left to a
 * person.
 */
final class AptRepair {
    static final String MEANS = "dpkg --configure -a, and apt-get install --reinstall of what is not all unpacked";

    private final Apt apt;
    private final Dpkg dpkg;

    AptRepair(Apt apt, Dpkg dpkg) {
        this.apt = apt;
        this.dpkg = dpkg;
    }

    void repair(Job job) throws HostException, InterruptedException {
        Commands.Result result =
                apt.run(List.of("dpkg", "--force-confdef", "--force-confold", "--configure", "-a"), job);
        List<String> again = dpkg.present(job).stream()
                .filter(AptRepair::isHalfUnpacked)
                .map(AptRepair::argument)
                .toList();
        if (!result.timedOut() && !again.isEmpty()) {
            result = installAgain(again, job);
        }
        List<String> left = dpkg.audit(job);
        if (!result.ok()) {
            String failed = DpkgErrors.of(result.tail());
            HostException why = failed.isEmpty()
                    ? HostException.of("the package manager", result)
                    : HostException.of("the package manager", result, false, failed);
            throw why.in("still not in order are " + left);
        }
        if (!left.isEmpty()) {
            throw new HostException("still not in order are " + left);
        }
    }

    private Commands.Result installAgain(List<String> packages, Job job) throws HostException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("--reinstall", "--no-remove"));
        requireOnlyBroken(apt.simulate(options, "install", packages, job), job);
        options.addAll(AptCommit.KEEP_CONFFILES);
        options.addAll(List.of("-o", "DPkg::Lock::Timeout=60"));
        return apt.get(options, "install", packages, Map.of("UCF_FORCE_CONFFOLD", "1"), job);
    }

    private void requireOnlyBroken(AptSimulation plan, Job job) throws HostException, InterruptedException {
        Set<String> broken = dpkg.present(job).stream()
                .filter(p -> !p.healthy())
                .map(p -> p.id().toString())
                .collect(Collectors.toSet());
        Set<String> others = new TreeSet<>(plan.removals());
        plan.installs().stream()
                .map(i -> i.id().toString())
                .filter(id -> !broken.contains(id))
                .forEach(others::add);
        if (!others.isEmpty()) {
            throw new HostException(
                    "to mend " + new TreeSet<>(broken) + ", apt would also change " + others + "; do that by hand");
        }
    }

    /** Half installed, or marked so that it must be installed again: configuring does not mend that. */
    static boolean isHalfUnpacked(InstalledPackage p) {
        return p.status().length() > 2 || p.status().endsWith("H");
    }

    /** dpkg knows no version of one that never was whole. */
    private static String argument(InstalledPackage p) {
        return p.version().isEmpty() ? Dpkg.query(p.id()) : Versions.argument(p.id(), p.version());
    }
}
