package dev.drydock.agent.action;

import dev.drydock.agent.action.WordPressProgress.Stage;
import dev.drydock.agent.action.WordPressUndo.Entry;
import dev.drydock.agent.action.WordPressUndo.Target;
import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Leftovers;
import dev.drydock.agent.host.Trees;
import dev.drydock.agent.host.wordpress.Swap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way back of a whole update: files from the kept copies, the database from the dump of the time before the first item. Decides by
 * what is on disk and on record alone, so it may be cut off and begun again.
 */
final class WordPressRollback {
    private final WordPressTools tools;
    private final WordPressArgs args;
    private final WordPressUndo undo;
    private final Path workDir;
    private final WordPressProgress progress;
    private final Job job;

    WordPressRollback(WordPressTools tools, WordPressArgs args, WordPressUndo undo, Path workDir, Job job) {
        this.tools = tools;
        this.args = args;
        this.undo = undo;
        this.workDir = workDir;
        this.progress = new WordPressProgress(workDir);
        this.job = job;
    }

    /** The site is out of maintenance in the end, also where it could not be put back: people decide better with what they can see. */
    void rollBack() throws HostException, IOException, InterruptedException {
        Leftovers.end(job);
        try {
            if (progress.touched()) {
                putBack();
            }
            for (Entry entry : undo.items()) {
                Trees.delete(entry.staging());
            }
        } catch (HostException | IOException | RuntimeException e) {
            tools.maintenance().lift();
            throw e;
        }
        tools.maintenance().lift();
    }

    private void putBack() throws HostException, IOException, InterruptedException {
        for (int index = undo.items().size() - 1; index >= 0; index--) {
            Entry entry = undo.items().get(index);
            DurableFiles.createPrivateDirectory(entry.staging());
            tools.maintenance().set(entry.staging());
            List<Swap.Move> moves = WordPressItems.back(workDir, index, entry);
            if (!moves.isEmpty()) {
                job.output().line("Putting back the files of " + entry.item() + " " + entry.from());
                new Swap(tools.host().commands(), entry.staging()).all(moves, job);
            }
        }
        job.output().line("Putting back the database as it was before the first item");
        String evidence = new WordPressItems(tools, args, undo, workDir, job).restoreDatabase(0);
        progress.keepEvidence(0, evidence);
        tools.settle(args.reload(), job);
    }

    /** @return the evidence, a line each */
    List<String> prove() throws HostException, IOException, InterruptedException {
        List<String> evidence = new ArrayList<>();
        for (Entry entry : undo.items()) {
            for (Target target : entry.targets()) {
                if (!Trees.digest(target.path()).equals(target.oldDigest())) {
                    throw new HostException(target.path() + " is not as it was before");
                }
            }
            evidence.add(entry.item() + " is " + entry.from()
                    + " again, all files as before (names, contents, owners, modes)");
        }
        Optional<String> database = progress.evidenceOf(0);
        if (database.isEmpty() && progress.touched()) {
            throw new HostException("the database was not put back");
        }
        evidence.add(database.orElse("the database was not touched: no item was put into place"));
        requireOutOfMaintenance(undo);
        evidence.add("the site is out of maintenance");
        List<String> wrong = tools.health().await(undo.baseline(), args.grace(), job);
        if (!wrong.isEmpty()) {
            throw new HostException("the site is not as it was before: " + String.join("; ", wrong));
        }
        evidence.add("the site answers as before: " + String.join(", ", WordPressHealth.describe(undo.baseline())));
        return evidence;
    }

    static void requireOutOfMaintenance(WordPressUndo undo) throws HostException, IOException {
        if (Files.exists(undo.site().resolve(".maintenance"))) {
            throw new HostException(undo.site() + " is in maintenance");
        }
        for (Entry entry : undo.items()) {
            if (Files.exists(entry.staging())) {
                throw new HostException(entry.staging() + " was not cleared away");
            }
        }
    }

    /** Whether all that was to be done was done, or taken back item by item, so that a cut-off step may be taken for whole. */
    boolean settled() throws IOException {
        for (int index = 0; index < undo.items().size(); index++) {
            if (!progress.isAt(index, Stage.PROVEN) && !progress.isAt(index, Stage.UNDONE)) {
                return false;
            }
        }
        return true;
    }
}
