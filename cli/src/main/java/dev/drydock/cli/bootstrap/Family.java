package dev.drydock.cli.bootstrap;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** By what a host's packages are managed. */
public enum Family {
    DEB(Parcel.Kind.DEB),
    DNF(Parcel.Kind.RPM),
    ZYPPER(Parcel.Kind.RPM);

    private static final Set<String> DEBIAN = Set.of("debian", "ubuntu");
    private static final Set<String> RED_HAT = Set.of("fedora", "rhel", "centos", "rocky", "almalinux", "ol", "amzn");
    private static final Set<String> SUSE =
            Set.of("suse", "opensuse", "sles", "sled", "opensuse-leap", "opensuse-tumbleweed");

    private final Parcel.Kind packages;

    Family(Parcel.Kind packages) {
        this.packages = packages;
    }

    Parcel.Kind packages() {
        return packages;
    }

    /** As people and scripts read it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * By what os-release(5) says; where that says nothing that is known, by the tools that are there.
     *
     * @param like words with a space between
     */
    public static Optional<Family> of(String id, String like, Set<String> tools) {
        for (String name : (id + " " + like).split(" ")) {
            if (DEBIAN.contains(name)) {
                return Optional.of(DEB);
            }
            if (RED_HAT.contains(name)) {
                return Optional.of(DNF);
            }
            if (SUSE.contains(name)) {
                return Optional.of(ZYPPER);
            }
        }
        return Arrays.stream(values())
                .filter(family -> switch (family) {
                    case DEB -> tools.contains("apt-get");
                    case DNF -> tools.contains("dnf") || tools.contains("yum");
                    case ZYPPER -> tools.contains("zypper");
                })
                .findFirst();
    }
}
