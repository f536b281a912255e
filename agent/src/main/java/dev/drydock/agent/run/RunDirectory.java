package dev.drydock.agent.run;

import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.journal.CorruptJournalException;
import dev.drydock.agent.journal.Journal;
import dev.drydock.proto.agent.v1.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the directory of all runs when the agent starts. */
final class RunDirectory {
    private final Path directory;
    private final PastRuns past;
    private final Troubles troubles;

    RunDirectory(Path directory, PastRuns past, Troubles troubles) {
        this.directory = directory;
        this.past = past;
        this.troubles = troubles;
    }

    static RunFiles files(Path directory, String runId) {
        return new RunFiles(directory.resolve(runId));
    }

    /**
     * Runs of which the controller does not have everything, oldest first. Past ones go to {@link PastRuns}, what cannot be
     * believed to {@link Troubles}, and what was never accepted is removed.
     */
    List<RunEntry> load() throws IOException {
        List<Path> directories;
        try (Stream<Path> list = Files.list(directory)) {
            directories = list.filter(Files::isDirectory).sorted().toList();
        }
        List<RunEntry> entries = new ArrayList<>();
        for (Path run : directories) {
            load(run.getFileName().toString()).ifPresent(entries::add);
        }
        entries.sort(RunEntry.OLDEST_FIRST);
        return entries;
    }

    /** Empty when the run is past, was never accepted, or cannot be believed. */
    Optional<RunEntry> load(String id) {
        RunFiles files = files(directory, id);
        try {
            if (Files.exists(files.delivered())) {
                past.load(id, files);
                return Optional.empty();
            }
            List<RunEvent> events = Files.exists(files.journal()) ? Journal.readDurable(files.journal()) : List.of();
            if (events.isEmpty() && !Files.exists(files.steps())) {
                DurableFiles.deleteTree(files.directory());
                return Optional.empty();
            }
            RunSnapshot run = RunHandle.fold(files.journal(), events);
            RunEntry entry =
                    new RunEntry(id, files, Instants.of(events.getFirst().getAt()));
            entry.loaded(run);
            return Optional.of(entry);
        } catch (IOException | CorruptJournalException e) {
            troubles.add("run " + id + ": " + e.getMessage(), e);
            return Optional.empty();
        }
    }
}
