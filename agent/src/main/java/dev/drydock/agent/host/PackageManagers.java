package dev.drydock.agent.host;

import dev.drydock.agent.host.apt.AptPackageManager;
import dev.drydock.agent.host.packages.PackageManager;
import dev.drydock.agent.host.rpm.DnfPackageManager;
import dev.drydock.agent.host.rpm.ZypperPackageManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which package manager a system lives by. What the system says of its family decides, and no other will do: tools of another
 * family are often installed as mere programs. Where it says nothing that is known, the first one counts that has a database.
 */
final class PackageManagers {
    private PackageManagers() {}

    static Optional<PackageManager> of(HostFiles files, Commands commands) throws IOException {
        String family = OsRelease.read(files).family();
        for (Kind kind : order(family)) {
            if (kind.isIn(files)) {
                return Optional.of(
                        switch (kind) {
                            case APT -> new AptPackageManager(commands, files);
                            case DNF -> new DnfPackageManager(commands, files);
                            case ZYPPER -> new ZypperPackageManager(commands, files);
                        });
            }
        }
        return Optional.empty();
    }

    /** Those to look for, in this order. */
    static List<Kind> order(String family) {
        return switch (family) {
            case "debian" -> List.of(Kind.APT);
            case "rhel" -> List.of(Kind.DNF);
            case "suse" -> List.of(Kind.ZYPPER);
            default -> List.of(Kind.APT, Kind.DNF, Kind.ZYPPER);
        };
    }

    enum Kind {
        APT {
            @Override
            boolean isIn(HostFiles files) throws IOException {
                return files.exists("/usr/bin/apt-get") && files.exists("/var/lib/dpkg/status");
            }
        },
        /** Version 4; the one after it is another program, with other answers. */
        DNF {
            @Override
            boolean isIn(HostFiles files) throws IOException {
                Path program = files.resolve("/usr/bin/dnf");
                return files.exists("/usr/bin/dnf")
                        && !String.valueOf(program.getFileName()).equals("dnf5")
                        && DnfPackageManager.hasDatabase(files);
            }
        },
        ZYPPER {
            @Override
            boolean isIn(HostFiles files) throws IOException {
                return files.exists("/usr/bin/zypper") && ZypperPackageManager.hasDatabase(files);
            }
        };

        abstract boolean isIn(HostFiles files) throws IOException;
    }
}
