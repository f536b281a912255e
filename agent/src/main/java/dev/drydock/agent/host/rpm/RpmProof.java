package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageManager.PackageSets;
import dev.drydock.agent.host.packages.Staging;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes the way there and the way back on a copy of rpm's database, without touching a file of the system and without running a
 * script.
 *
 * <p>It proves that the kept files are whole, that every dependency holds after each step with no objection overruled, and that
 * the database then lists what it lists now. It cannot prove that the packages' scripts will succeed.
 */
final class RpmProof {
    private final Rpm rpm;
    private final HostFiles files;

    RpmProof(Rpm rpm, HostFiles files) {
        this.rpm = rpm;
        this.files = files;
    }

    void prove(List<PackageChange> changes, PackageSets sets, Job job) throws HostException, InterruptedException {
        try (Staging newFiles = Staging.open(files, sets.newDir());
                Staging oldFiles = Staging.open(files, sets.oldDir());
                StagedFiles there = new StagedFiles(newFiles);
                StagedFiles back = new StagedFiles(oldFiles)) {
            copyDatabase(back.scratchOutside(), job);
            Copy copy = new Copy(back.scratch(), job);
            List<String> before = copy.listing();
            List<String> sideBySide = new ArrayList<>();
            List<String> others = new ArrayList<>();
            sets.newFiles()
                    .forEach(f -> (Nevra.plainName(f.id(), f.version()).equals(f.id().name()) ? others : sideBySide)
                            .add(there.inside(f.file())));
            copy.take("-U", others, "--oldpackage");
            copy.take("-i", sideBySide);
            copy.take("-U", back.inside(sets.oldFiles()), "--oldpackage");
            copy.take(
                    "-e",
                    changes.stream()
                            .filter(PackageChange::isNew)
                            .map(c -> Nevra.of(c.id(), c.to()))
                            .toList());
            List<String> after = copy.listing();
            if (!after.equals(before)) {
                List<String> lost = new ArrayList<>(before);
                lost.removeAll(after);
                List<String> left = new ArrayList<>(after);
                left.removeAll(before);
                throw new HostException(
                        "the way back is not clean: there would be missing " + lost + " and left over " + left);
            }
        } catch (IOException e) {
            throw new HostException("the way back cannot be tried: " + e.getMessage(), e);
        }
    }

    private void copyDatabase(Path into, Job job) throws HostException, IOException, InterruptedException {
        Path database = files.resolve(rpm.databasePath(job));
        Path copy = Files.createDirectories(into.resolve("db"));
        try (DirectoryStream<Path> all = Files.newDirectoryStream(database, Files::isRegularFile)) {
            for (Path file : all) {
                if (!file.toString().endsWith("-shm")) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }
    }

    /** rpm on the copy. */
    private final class Copy {
        private final String path;
        private final Job job;

        Copy(String scratch, Job job) {
            this.path = scratch + "/db";
            this.job = job;
        }

        void take(String verb, List<String> arguments, String... options) throws HostException, InterruptedException {
            if (arguments.isEmpty()) {
                return;
            }
            List<String> argv =
                    new ArrayList<>(List.of("rpm", "--dbpath", path, verb, "--justdb", "--noscripts", "--notriggers"));
            if (!verb.equals("-e")) {
                argv.addAll(List.of("--nosignature", "--ignoresize"));
            }
            argv.addAll(List.of(options));
            argv.addAll(arguments);
            var result = rpm.run(argv, job.silent());
            if (!result.ok()) {
                throw new HostException("the way back does not hold: " + said(result.tail()));
            }
        }

        List<String> listing() throws HostException, InterruptedException {
            List<String> argv = List.of("rpm", "--dbpath", path, "-qa", "--qf", RpmListing.FORMAT);
            try (Stream<String> lines = rpm.require(argv, job).lines()) {
                return lines.sorted().toList();
            }
        }
    }

    /** All that rpm said, in one line. */
    static String said(String tail) {
        return tail.strip().replaceAll("\\s*\\n\\s*", "; ");
    }
}
