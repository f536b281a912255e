package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.packages.PackageId;

/**
 * How packages of a version are written. Packages that are installed side by side (kernels) are each a package of their own
 * here, with the version in the name; this is the one place that knows. Pure.
 */
final class Nevra {
    private Nevra() {}

    /** As rpm and dnf take it: {@code name-epoch:version-release.arch}. */
    static String of(PackageId id, String version) {
        return nameVersion(id, version) + "." + id.arch();
    }

    /** As zypper takes it: {@code name.arch=epoch:version-release}. */
    static String equation(PackageId id, String version) {
        return plainName(id, version) + "." + id.arch() + "=" + version;
    }

    static String fileName(PackageId id, String version) {
        return of(id, version).replace(":", "%3a") + ".rpm";
    }

    /** The identity of one of several that may be there at once. */
    static PackageId sideBySide(String name, String version, String arch) {
        return new PackageId(name + "-" + version, arch);
    }

    static String plainName(PackageId id, String version) {
        String suffix = "-" + version;
        return id.name().endsWith(suffix) ? id.name().substring(0, id.name().length() - suffix.length()) : id.name();
    }

    private static String nameVersion(PackageId id, String version) {
        return plainName(id, version) + "-" + version;
    }

    /** An epoch of zero is written by some and left out by others. */
    static String version(String evr) {
        return evr.startsWith("0:") ? evr.substring(2) : evr;
    }
}
