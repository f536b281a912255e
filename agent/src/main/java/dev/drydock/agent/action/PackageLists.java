package dev.drydock.agent.action;

import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.PackageManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The archives' lists of packages, for a step. */
final class PackageLists {
    private static final String READ = "lists-read";

    private PackageLists() {}

    /**
     * Once for a step, unless what its plan depends on changed meanwhile: then again, though an archive that does not answer is
     * no reason to fail in the middle of a run, nor where the lists were read anew shortly before, when the run's packages were
     * fetched.
     */
    static void refresh(PackageManager manager, StepContext context, Duration lockTimeout, Job job)
            throws HostException, IOException, InterruptedException {
        Path read = context.workDir().resolve(READ);
        if (Files.exists(read) && Files.readString(read).equals(manager.fingerprint())) {
            return;
        }
        try {
            manager.refresh(lockTimeout, job);
            Files.writeString(read, manager.fingerprint());
        } catch (HostException e) {
            if (!Files.exists(read) && !readAhead(context)) {
                throw e;
            }
            job.output().line("Going on with the lists as they were read before: " + e.getMessage());
        }
    }

    /** Notes that the plan before a fetch has read them. */
    static void readAhead(PackageManager manager, StepContext context) throws HostException, IOException {
        Path directory = context.fetched().orElseThrow();
        DurableFiles.createPrivateDirectory(directory);
        DurableFiles.replace(directory.resolve(READ), manager.fingerprint().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean readAhead(StepContext context) {
        return context.fetched()
                .filter(directory -> Files.exists(directory.resolve(READ)))
                .isPresent();
    }
}
