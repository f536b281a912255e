package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.PackageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Where below its directory the tool put a package file, noted beside it. Put back there, the tool finds the file, compares it with
 * the repository's checksum, and downloads it only where it is another.
 */
final class RpmPlaces {
    private final Rpm rpm;

    RpmPlaces(Rpm rpm) {
        this.rpm = rpm;
    }

    /** Notes where a file came from. */
    void note(Path file, Path target, StagedFiles staged) throws IOException {
        Files.writeString(
                PackageFile.noteOf(target),
                staged.scratchOutside().relativize(file).toString());
    }

    /**
     * Moves what lies ready and is whole to where the tool looks for it.
     *
     * @return whether there was any
     */
    boolean back(List<RpmTool.Wanted> wanted, StagedFiles staged, Job job) throws HostException, InterruptedException {
        boolean some = false;
        for (RpmTool.Wanted w : wanted) {
            String name = Nevra.fileName(w.id(), w.version());
            Path file = staged.staging().outside().resolve(name);
            Path note = PackageFile.noteOf(file);
            try {
                if (!Files.isRegularFile(file) || !Files.isRegularFile(note)) {
                    continue;
                }
                Path place = staged.scratchOutside()
                        .resolve(Files.readString(note).strip())
                        .normalize();
                if (place.startsWith(staged.scratchOutside()) && isWhole(staged.inside(name), job)) {
                    Files.createDirectories(place.resolveSibling("."));
                    Files.move(file, place, StandardCopyOption.REPLACE_EXISTING);
                    some = true;
                }
            } catch (IOException e) {
                throw new HostException("package file " + file + " cannot be used: " + e.getMessage(), e);
            }
        }
        return some;
    }

    private boolean isWhole(String file, Job job) throws InterruptedException {
        try {
            rpm.requireWhole(List.of(file), job.silent());
            return true;
        } catch (HostException e) {
            job.output().line("Not used, since it is damaged: " + e.getMessage());
            return false;
        }
    }
}
