package dev.drydock.agent.action;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.PackageManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The archives' lists of packages, for a step. */
final class PackageLists {
    private static final String READ = "lists-read";

    private PackageLists() {}

    /**
     * Once for a step, unless what its plan depends on changed meanwhile: then again, though an archive that does not answer is
     * no reason to fail in the middle of a run.
     */
    static void refresh(PackageManager manager, Path workDir, Duration lockTimeout, Job job)
            throws HostException, IOException, InterruptedException {
        Path read = workDir.resolve(READ);
        if (Files.exists(read) && Files.readString(read).equals(manager.fingerprint())) {
            return;
        }
        try {
            manager.refresh(lockTimeout, job);
            Files.writeString(read, manager.fingerprint());
        } catch (HostException e) {
            if (!Files.exists(read)) {
                throw e;
            }
            job.output().line("Going on with the lists as they were read before: " + e.getMessage());
        }
    }
}
