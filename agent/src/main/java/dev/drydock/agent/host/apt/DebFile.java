package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.Staging;
import java.io.IOException;
import java.util.List;

/** Reads package files with {@code dpkg-deb}. */
final class DebFile {
    private final Apt apt;

    DebFile(Apt apt) {
        this.apt = apt;
    }

    /** Unpacks the file to its end, into nothing: for files that no signed index vouches for. */
    void requireWhole(Staging staging, String file, Job job) throws HostException, InterruptedException {
        apt.require(List.of("dpkg-deb", "--contents", staging.inside(file)), job.silent());
    }

    /** Compares what the file says of itself. */
    PackageFile check(PackageId id, String version, Staging staging, String file, String source, Job job)
            throws HostException, InterruptedException {
        String path = staging.inside(file);
        String control = control(path, job);
        PackageId found = DpkgStatus.id(control);
        String foundVersion = DpkgStatus.field(control, "Version");
        if (!found.equals(id) || !foundVersion.equals(version)) {
            throw new HostException(
                    "file " + file + " is " + found + " " + foundVersion + ", expected " + id + " " + version);
        }
        try {
            FileKeeper.force(staging.outside().resolve(file));
            String sha256 = FileKeeper.sha256(staging.outside().resolve(file));
            staging.takeBack(file);
            return new PackageFile(id, version, file, sha256, source);
        } catch (IOException e) {
            throw new HostException("file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The control paragraph. */
    String control(String path, Job job) throws HostException, InterruptedException {
        return apt.require(List.of("dpkg-deb", "--field", path), job.silent());
    }

    List<String> conffiles(String path, Job job) throws HostException, InterruptedException {
        // A package without conffiles is a failure to dpkg-deb, and none to us.
        return apt.run(List.of("dpkg-deb", "--info", path, "conffiles"), job.silent())
                .stdout()
                .lines()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .filter(line -> line.startsWith("/"))
                .toList();
    }
}
