package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.packages.PackageId;
import java.util.List;
import java.util.Set;

/**
 * What a resolver would do.
 *
 * @param installs packages in the version after; also upgrades, downgrades and reinstallations
 * @param removals names of packages that would be gone, or replaced by others of another name
 */
record RpmPlan(List<Install> installs, List<String> removals) {
    static final RpmPlan NOTHING = new RpmPlan(List.of(), List.of());

    RpmPlan {
        installs = List.copyOf(installs);
        removals = List.copyOf(removals);
    }

    /**
     * By its plain name, also where several may be there at once.
     *
     * @param replacing in the place of another version of it
     */
    record Install(String name, String arch, String version, boolean replacing) {
        PackageId id(Set<String> sideBySide) {
            return sideBySide.contains(name) ? Nevra.sideBySide(name, version, arch) : new PackageId(name, arch);
        }
    }
}
