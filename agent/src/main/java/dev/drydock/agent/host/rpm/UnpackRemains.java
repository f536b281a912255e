package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageManager.PackageSets;
import dev.drydock.agent.host.packages.Staging;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an rpm that was killed while it unpacked leaves behind: files under the name that they have until they are whole, and files
 * of a package that the database does not have yet.
 */
final class UnpackRemains {
    /** rpm unpacks to {@code name;hex} and renames. */
    private static final String HALF = "[0-9a-f]{8}";

    private final Rpm rpm;
    private final HostFiles files;

    UnpackRemains(Rpm rpm, HostFiles files) {
        this.rpm = rpm;
        this.files = files;
    }

    /** Paths of these files that are not there; for {@link Unfinished}. */
    List<String> absent(Collection<String> paths) throws HostException {
        TreeSet<String> absent = new TreeSet<>();
        try {
            for (String path : paths) {
                if (!files.exists(path)) {
                    absent.add(path);
                }
            }
            return List.copyOf(absent);
        } catch (IOException e) {
            throw new HostException("files of the new packages cannot be looked at: " + e.getMessage(), e);
        }
    }

    /**
     * To be called when the old packages are back.
     *
     * @param absent what was not there before the change and belongs to nobody may go
     */
    void clear(List<PackageChange> changes, PackageSets sets, List<String> absent, Job job)
            throws HostException, InterruptedException {
        TreeSet<String> all = new TreeSet<>();
        for (Path directory : List.of(sets.oldDir(), sets.newDir())) {
            try (Staging staging = Staging.open(files, directory)) {
                var some = directory.equals(sets.oldDir()) ? sets.oldFiles() : sets.newFiles();
                List<String> inside =
                        some.stream().map(f -> staging.inside(f.file())).toList();
                all.addAll(rpm.pathsOfFiles("-ql", inside, job));
            }
        }
        try {
            for (String path : all) {
                clearHalves(path, job);
            }
            TreeSet<String> there = new TreeSet<>(Comparator.reverseOrder());
            for (String path : absent) {
                if (files.exists(path)) {
                    there.add(path);
                }
            }
            // The deepest first, so that directories are empty when it is their turn.
            Set<String> unowned = rpm.unowned(there, job);
            for (String path : there) {
                if (unowned.contains(path)) {
                    delete(path, job);
                }
            }
        } catch (IOException e) {
            throw new HostException(
                    "what the change of " + changes.size() + " packages left half unpacked cannot be removed: "
                            + e.getMessage(),
                    e);
        }
    }

    private void clearHalves(String path, Job job) throws IOException {
        Path file = files.resolveLink(path);
        Path directory = file.getParent();
        if (directory == null || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        String prefix = file.getFileName() + ";";
        try (DirectoryStream<Path> halves = Files.newDirectoryStream(
                directory, f -> String.valueOf(f.getFileName()).startsWith(prefix))) {
            for (Path half : halves) {
                String rest = String.valueOf(half.getFileName()).substring(prefix.length());
                if (rest.matches(HALF) && !Files.isDirectory(half, LinkOption.NOFOLLOW_LINKS)) {
                    job.output().line("Removing " + path + ";" + rest + ", which was never finished");
                    Files.delete(half);
                }
            }
        }
    }

    private void delete(String path, Job job) throws IOException {
        try {
            Files.delete(files.resolveLink(path));
            job.output().line("Removing " + path + ", which the change that was cut off brought");
        } catch (DirectoryNotEmptyException others) {
            job.output().line("Leaving " + path + ", in which there is something else");
        }
    }
}
