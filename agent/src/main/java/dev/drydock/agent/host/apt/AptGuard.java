package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last word before dpkg begins. apt tells a hook all that it is about to do and goes no further when the hook refuses
 * (apt.conf(5), {@code DPkg::Pre-Install-Pkgs}, version 3). A simulation beforehand would leave a moment in between, and
 * costs the resolver a second time.
 */
final class AptGuard {
    private static final String SCRIPT = "guard";
    private static final String ALLOWED = "guard-allowed";
    private static final String REFUSED = "guard-refused";

    /**
     * Of each line {@code name version arch multiarch < version arch multiarch file} four words stay. Versions of the hook's
     * protocol are set by program, so this one is started by a name that no other hook is likely to have.
     */
    private static final String PROGRAM = "/usr/bin/env";

    private static final String READ = """
            #!/bin/sh
            cd "${0%/*}" || exit 1
            would=$(sed -e '1,/^$/d' -e '/ \\*\\*CONFIGURE\\*\\*$/d' |
              awk '{ arch = $7 == "-" ? $3 : $7; print $1, arch, $2, $6 }' | LC_ALL=C sort) || exit 1
            """;

    private static final String EXACTLY = READ + """
            [ "$would" != "$(cat guard-allowed)" ] || exit 0
            printf '%s\\n' "$would" >guard-refused
            exit 1
            """;

    private static final String AT_MOST = READ + """
            printf '%s\\n' "$would" | cut -d ' ' -f 1,2 | grep -vxFf guard-allowed >guard-refused || exit 0
            exit 1
            """;

    private final String script;
    private final Collection<String> allowed;

    private AptGuard(String script, Stream<String> allowed) {
        this.script = script;
        this.allowed = allowed.collect(Collectors.toCollection(TreeSet::new));
    }

    /** Just these changes, no more and no less. */
    static AptGuard exactly(List<PackageChange> changes) {
        return new AptGuard(
                EXACTLY,
                changes.stream()
                        .map(c -> named(c.id()) + " " + (c.isNew() ? "-" : c.from()) + " "
                                + (c.to().isEmpty() ? "-" : c.to())));
    }

    /** Whatever it is, to no other package than these. */
    static AptGuard atMost(Collection<PackageId> packages) {
        return new AptGuard(AT_MOST, packages.stream().map(AptGuard::named));
    }

    private static String named(PackageId id) {
        return id.name() + " " + id.arch();
    }

    /** @return options for apt-get */
    List<String> install(Staging staging) throws HostException {
        try {
            Files.writeString(staging.outside().resolve(SCRIPT), script);
            Files.writeString(staging.outside().resolve(ALLOWED), String.join("\n", allowed) + "\n");
            Files.deleteIfExists(staging.outside().resolve(REFUSED));
        } catch (IOException e) {
            throw new HostException("apt's hook cannot be written: " + e.getMessage(), e);
        }
        return List.of(
                "-o",
                "DPkg::Pre-Install-Pkgs::=" + PROGRAM + " sh '" + staging.inside(SCRIPT) + "'",
                "-o",
                "DPkg::Tools::Options::" + PROGRAM + "::Version=3");
    }

    /** @return what it refused, a line each; empty where it did not */
    List<String> refused(Staging staging) throws HostException {
        Path file = staging.outside().resolve(REFUSED);
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new HostException("what apt was refused cannot be read: " + e.getMessage(), e);
        }
    }
}
