package dev.drydock.agent.action;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.packages.Footprint;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageManager;
import dev.drydock.proto.agent.v1.Fetched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Package files of a step that were downloaded ahead of its run: the new ones, and the old ones that archives have. */
final class FetchedPackages {
    private final Optional<Path> directory;

    private FetchedPackages(Optional<Path> directory) {
        this.directory = directory;
    }

    static FetchedPackages of(StepContext context) {
        return new FetchedPackages(context.fetched());
    }

    /** Downloads what a run would. */
    static Fetched fetch(
            ManagedHost host, PackageManager manager, List<PackageChange> changes, StepContext context, Job job)
            throws HostException, IOException, InterruptedException {
        Path directory = context.fetched().orElseThrow();
        if (!host.files().isWholeSystem()) {
            return Fetched.newBuilder()
                    .setReason(
                            "nothing is fetched ahead for a system in a root directory: its tools only see files in it")
                    .build();
        }
        if (changes.isEmpty()) {
            return Fetched.getDefaultInstance();
        }
        FetchedFiles fresh = new FetchedFiles(directory.resolve("new"));
        FetchedFiles old = new FetchedFiles(directory.resolve("old"));
        Path freshIncoming = fresh.incoming();
        Path oldIncoming = old.incoming();
        new DiskSpace(host.files()).requireToFetch(manager.footprint(changes, job), directory);
        List<PackageFile> newFiles = manager.fetch(changes, freshIncoming, job);
        long bytes = fresh.publish(names(newFiles, freshIncoming));
        List<PackageFile> oldFiles = manager.fetchInstalled(changes, oldIncoming, job);
        bytes += old.publish(names(oldFiles, oldIncoming));
        return Fetched.newBuilder()
                .setFiles(newFiles.size() + oldFiles.size())
                .setBytes(bytes)
                .build();
    }

    /** With what the manager noted of them. */
    private static List<String> names(List<PackageFile> files, Path incoming) {
        List<String> names = new ArrayList<>();
        for (PackageFile file : files) {
            names.add(file.file());
            Path note = PackageFile.noteOf(incoming.resolve(file.file()));
            if (Files.exists(note)) {
                names.add(note.getFileName().toString());
            }
        }
        return names;
    }

    /**
     * Puts what was fetched where {@link PackageManager#fetch} and {@link PackageManager#keep} look before they download.
     *
     * @return the footprint less what is on disk now; an estimate of what is left is never below zero
     */
    Footprint takeInto(Path newDir, Path oldDir, Footprint need) throws IOException {
        if (directory.isEmpty()) {
            return need;
        }
        long fresh = new FetchedFiles(directory.get().resolve("new")).takeInto(newDir);
        long old = new FetchedFiles(directory.get().resolve("old")).takeInto(oldDir);
        return new Footprint(Math.max(0, need.newFiles() - fresh), Math.max(0, need.oldFiles() - old), need.growth());
    }
}
