package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.ConfigFiles;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageManager.PackageSets;
import dev.drydock.agent.host.packages.Staging;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes a change by apt, from the fetched files alone, when apt still sees it as it was planned. */
final class AptCommit {
    static final List<String> KEEP_CONFFILES =
            List.of("-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold");
    private static final List<String> REPLACE_CONFFILES = List.of("-o", "Dpkg::Options::=--force-confnew");

    private final Apt apt;
    private final HostFiles files;

    AptCommit(Apt apt, HostFiles files) {
        this.apt = apt;
        this.files = files;
    }

    void commit(List<PackageChange> changes, PackageSets sets, ConfigFiles policy, Job job)
            throws HostException, InterruptedException {
        boolean keep = policy == ConfigFiles.KEEP;
        try (Staging staging = Staging.open(files, sets.newDir())) {
            List<String> arguments =
                    sets.newFiles().stream().map(f -> staging.inside(f.file())).toList();
            List<String> options = new ArrayList<>(List.of("--allow-downgrades", "--no-remove"));
            AptGuard guard = AptGuard.exactly(changes);
            options.addAll(guard.install(staging));
            options.addAll(keep ? KEEP_CONFFILES : REPLACE_CONFFILES);
            options.addAll(List.of("-o", "DPkg::Lock::Timeout=60"));
            Commands.Result result = apt.get(
                    options,
                    "install",
                    arguments,
                    Map.of(keep ? "UCF_FORCE_CONFFOLD" : "UCF_FORCE_CONFFNEW", "1"),
                    job);
            List<String> refused = guard.refused(staging);
            if (!refused.isEmpty()) {
                throw new HostException("the packages of this host changed since the plan: apt would now do " + refused
                        + ", planned was " + changes);
            }
            if (!result.ok()) {
                boolean locked = result.tail().contains("E: Could not get lock");
                String packages = DpkgErrors.of(result.tail());
                throw packages.isEmpty()
                        ? HostException.of("apt-get install", result, locked)
                        : HostException.of("apt-get install", result, locked, packages);
            }
        }
    }
}
