package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Gathers package files: the new ones from the repositories; the old ones from the tool's cache or the repositories. What
 * neither has any more cannot be made again from the installed files, so then there is no exact way back.
 */
final class RpmStore {
    private static final String ARCHIVE = "archive";

    private final Rpm rpm;
    private final RpmTool tool;
    private final HostFiles files;
    private final RpmPlaces placed;

    RpmStore(Rpm rpm, RpmTool tool, HostFiles files) {
        this.rpm = rpm;
        this.tool = tool;
        this.files = files;
        this.placed = new RpmPlaces(rpm);
    }

    List<PackageFile> fetch(List<PackageChange> changes, Path into, Job job)
            throws HostException, InterruptedException {
        List<RpmTool.Wanted> wanted = changes.stream()
                .map(c -> new RpmTool.Wanted(c.id(), c.to(), false))
                .toList();
        try (Staging staging = Staging.open(files, into);
                StagedFiles staged = new StagedFiles(staging)) {
            boolean some = placed.back(wanted, staged, job);
            Commands.Result result = tool.download(wanted, staged.scratch(), job);
            if (!result.ok() && some) {
                job.output().line("Downloading all anew, without what was there");
                staged.clear();
                result = tool.download(wanted, staged.scratch(), job);
            }
            if (!result.ok()) {
                throw HostException.of("downloading the new packages", result, true);
            }
            Map<String, Path> found = found(staged, job);
            List<PackageFile> fetched = new ArrayList<>();
            for (RpmTool.Wanted w : wanted) {
                Path file = found.get(Nevra.of(w.id(), w.version()));
                if (file == null) {
                    throw HostException.retryable(tool.name() + " did not download " + Nevra.of(w.id(), w.version())
                            + "; it did " + found.keySet());
                }
                fetched.add(take(w.id(), w.version(), file, ARCHIVE, staged, job));
            }
            return fetched;
        }
    }

    /** Of the installed packages those that a repository has, but the tool's cache has not. */
    List<PackageFile> fetchInstalled(List<PackageChange> changes, Path into, Job job)
            throws HostException, InterruptedException {
        List<PackageFile> fetched = new ArrayList<>();
        boolean unused = gather(changes, into, fetched, job).isEmpty();
        fetched.removeIf(file -> !file.source().equals(ARCHIVE));
        return fetched;
    }

    List<PackageFile> keep(List<PackageChange> changes, Path into, Job job) throws HostException, InterruptedException {
        List<PackageFile> kept = new ArrayList<>();
        List<RpmTool.Wanted> missing = gather(changes, into, kept, job);
        if (!missing.isEmpty()) {
            throw new HostException("neither a repository nor the cache of " + tool.name() + " has "
                    + missing.stream().map(w -> Nevra.of(w.id(), w.version())).toList()
                    + " as it is installed, so there would be no exact way back; add a repository that has it,"
                    + " or exclude it");
        }
        return kept;
    }

    /** @return those that could not be had */
    private List<RpmTool.Wanted> gather(List<PackageChange> changes, Path into, List<PackageFile> kept, Job job)
            throws HostException, InterruptedException {
        Rpm.Database database = rpm.database(job);
        List<RpmTool.Wanted> missing = new ArrayList<>(changes.stream()
                .filter(c -> !c.isNew())
                .map(c -> new RpmTool.Wanted(c.id(), c.from(), true))
                .toList());
        try (Staging staging = Staging.open(files, into);
                StagedFiles staged = new StagedFiles(staging)) {
            if (placed.back(missing, staged, job)) {
                takeSame(database, missing, kept, ARCHIVE, staged, job);
            }
            fromCache(missing, staged);
            takeSame(database, missing, kept, "cache", staged, job);
            if (!missing.isEmpty()
                    && !tool.download(missing, staged.scratch(), job).ok()) {
                // One that is gone fails them all.
                for (RpmTool.Wanted one : missing) {
                    tool.download(List.of(one), staged.scratch(), job.silent());
                }
            }
            takeSame(database, missing, kept, ARCHIVE, staged, job);
        }
        return missing;
    }

    /** Takes what was found out of what is missing, where it is the very package that is installed. */
    private void takeSame(
            Rpm.Database database,
            List<RpmTool.Wanted> missing,
            List<PackageFile> kept,
            String source,
            StagedFiles staged,
            Job job)
            throws HostException, InterruptedException {
        Map<String, Path> found = found(staged, job);
        for (RpmTool.Wanted w : List.copyOf(missing)) {
            Path file = found.get(Nevra.of(w.id(), w.version()));
            if (file != null && isInstalled(database, w.id(), inside(staged, file), job)) {
                kept.add(take(w.id(), w.version(), file, source, staged, job));
                missing.remove(w);
            }
        }
    }

    /** A version may have been built twice; the checksum of the header tells. */
    private boolean isInstalled(Rpm.Database database, PackageId id, String file, Job job)
            throws HostException, InterruptedException {
        String header = rpm.describe(List.of(file), job).getFirst().header();
        return database.rows(id).stream().anyMatch(r -> r.header().equals(header));
    }

    private void fromCache(List<RpmTool.Wanted> wanted, StagedFiles staged) throws HostException {
        for (String cache : tool.caches()) {
            try {
                for (Path file : packages(files.resolve(cache))) {
                    String name = String.valueOf(file.getFileName());
                    boolean named =
                            wanted.stream().anyMatch(w -> name.startsWith(Nevra.plainName(w.id(), w.version()) + "-"));
                    if (named) {
                        Files.copy(file, staged.scratchOutside().resolve(name), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            } catch (IOException e) {
                throw new HostException("packages in " + cache + " cannot be read: " + e.getMessage(), e);
            }
        }
    }

    /** What lies in the scratch directory, by what each file says that it is. */
    private Map<String, Path> found(StagedFiles staged, Job job) throws HostException, InterruptedException {
        Map<String, Path> found = new HashMap<>();
        try {
            for (Path file : packages(staged.scratchOutside())) {
                RpmListing.Row row =
                        rpm.describe(List.of(inside(staged, file)), job).getFirst();
                found.put(row.name() + "-" + row.version() + "." + row.arch(), file);
            }
            return found;
        } catch (IOException e) {
            throw new HostException("downloaded packages cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Path> packages(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(f -> f.toString().endsWith(".rpm") && Files.isRegularFile(f))
                    .sorted()
                    .toList();
        }
    }

    private static String inside(StagedFiles staged, Path file) {
        return staged.inside(staged.staging().outside().relativize(file).toString());
    }

    private PackageFile take(PackageId id, String version, Path file, String source, StagedFiles staged, Job job)
            throws HostException, InterruptedException {
        String name = Nevra.fileName(id, version);
        Path target = staged.staging().outside().resolve(name);
        try {
            placed.note(file, target, staged);
            Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
            rpm.requireWhole(List.of(staged.inside(name)), job);
            FileKeeper.force(target);
            String sha256 = FileKeeper.sha256(target);
            staged.staging().takeBack(name);
            return new PackageFile(id, version, name, sha256, source);
        } catch (IOException e) {
            throw new HostException("package file " + name + " cannot be kept: " + e.getMessage(), e);
        }
    }
}
