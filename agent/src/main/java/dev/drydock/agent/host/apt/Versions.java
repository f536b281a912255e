package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageId;

/** How apt takes a package of a version, and how it names files. */
final class Versions {
    private Versions() {}

    /** {@code name=version}, with the architecture where there is one. */
    static String argument(PackageId id, String version) {
        return Dpkg.query(id) + "=" + version;
    }

    static String argument(PackageChange change) {
        return argument(change.id(), change.to());
    }

    static String fileName(PackageId id, String version) {
        return id.name() + "_" + version.replace(":", "%3a") + "_" + id.arch() + ".deb";
    }
}
