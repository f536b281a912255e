package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Package files without maintainer scripts, for packages whose own scripts refuse the way back. The scripts are put into
 * dpkg's database afterwards, as if they had been installed with the rest.
 */
final class Scriptless {
    static final List<String> SCRIPTS = List.of("preinst", "postinst", "prerm", "postrm", "config");

    private final Apt apt;
    private final HostFiles files;

    Scriptless(Apt apt, HostFiles files) {
        this.apt = apt;
        this.files = files;
    }

    /** @return path of the package file without scripts, for programs */
    String make(PackageFile file, Staging staging, Job job) throws HostException, InterruptedException {
        String tree = tree(file);
        try {
            Staging.deleteAll(staging.outside().resolve(tree));
            apt.require(
                    List.of("dpkg-deb", "--raw-extract", staging.inside(file.file()), staging.inside(tree)),
                    job.silent());
            Path aside = Files.createDirectory(staging.outside().resolve(tree + "/scripts"));
            Path control = staging.outside().resolve(tree + "/DEBIAN");
            for (String script : SCRIPTS) {
                if (Files.exists(control.resolve(script))) {
                    Files.move(control.resolve(script), aside.resolve(script));
                }
            }
            Path kept = staging.outside().resolve(scripts(file));
            Staging.deleteAll(kept);
            Files.move(aside, kept);
            String made = file.file() + ".scriptless";
            apt.require(
                    List.of("dpkg-deb", "-Zgzip", "-z1", "--build", staging.inside(tree), staging.inside(made)),
                    job.silent());
            Staging.deleteAll(staging.outside().resolve(tree));
            return staging.inside(made);
        } catch (IOException e) {
            throw new HostException(
                    "package file " + file.file() + " cannot be made without scripts: " + e.getMessage(), e);
        }
    }

    /** Gives an installed package the scripts that it was made without. */
    void putScriptsBack(PackageFile file, Staging staging) throws HostException {
        try {
            Path kept = staging.outside().resolve(scripts(file));
            Path info = files.resolve(Dpkg.STATE + "/info");
            String prefix = prefix(file.id(), info);
            for (String script : SCRIPTS) {
                if (Files.exists(kept.resolve(script))) {
                    Files.copy(
                            kept.resolve(script),
                            info.resolve(prefix + "." + script),
                            StandardCopyOption.COPY_ATTRIBUTES,
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Staging.deleteAll(kept);
            Files.deleteIfExists(staging.outside().resolve(file.file() + ".scriptless"));
        } catch (IOException e) {
            throw new HostException("the scripts of " + file.id() + " cannot be put back: " + e.getMessage(), e);
        }
    }

    /** dpkg names the architecture in its files' names for packages that may be there in several. */
    private static String prefix(PackageId id, Path info) {
        return Files.exists(info.resolve(id + ".list")) ? id.toString() : id.name();
    }

    private static String tree(PackageFile file) {
        return file.file() + ".scriptless-tree";
    }

    private static String scripts(PackageFile file) {
        return file.file() + ".scripts";
    }
}
