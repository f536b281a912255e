package dev.drydock.agent.action;

import dev.drydock.agent.action.WordPressProgress.Stage;
import dev.drydock.agent.action.WordPressUndo.Entry;
import dev.drydock.agent.action.WordPressUndo.Target;
import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Trees;
import dev.drydock.agent.host.wordpress.Item;
import dev.drydock.agent.host.wordpress.Swap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** One item of an update: into place, looked at, and back again. Each effect is on record before it begins. */
final class WordPressItems {
    private final WordPressTools tools;
    private final WordPressArgs args;
    private final WordPressUndo undo;
    private final Path workDir;
    private final WordPressProgress progress;
    private final Job job;

    WordPressItems(WordPressTools tools, WordPressArgs args, WordPressUndo undo, Path workDir, Job job) {
        this.tools = tools;
        this.args = args;
        this.undo = undo;
        this.workDir = workDir;
        this.progress = new WordPressProgress(workDir);
        this.job = job;
    }

    /** @return what is wrong with the site after it; empty when it is as well as before */
    List<String> update(int index) throws HostException, IOException, InterruptedException {
        Entry entry = undo.items().get(index);
        job.output().line("Updating " + entry.words());
        progress.mark(index, Stage.BEGUN, "");
        Path staging = staging(entry);
        tools.maintenance().set(staging);
        String sha256 = tools.database().dump(WordPressUndo.dump(workDir, index), job);
        keepChecksums(index, tools.database().checksums(job));
        progress.mark(index, Stage.DUMPED, sha256);
        requireUnchanged(entry);
        progress.mark(index, Stage.SWAPPING, "");
        new Swap(tools.host().commands(), staging).all(forward(index, entry), job);
        progress.mark(index, Stage.SWAPPED, "");
        if (entry.item().kind() == Item.Kind.CORE) {
            upgradeDatabase();
        }
        tools.settle(args.reload(), job);
        tools.maintenance().lift();
        progress.mark(index, Stage.APPLIED, "");
        List<String> wrong = tools.health().await(undo.baseline(), args.grace(), job);
        if (wrong.isEmpty()) {
            progress.mark(index, Stage.PROVEN, "");
            Trees.delete(staging);
            forget(index);
        }
        return wrong;
    }

    /** The first dump is the whole step's way back, the others are of use only while their items may go back alone. */
    private void forget(int index) throws IOException {
        if (index > 0 && !args.again().isPositive()) {
            Files.delete(WordPressUndo.dump(workDir, index));
        }
    }

    private void upgradeDatabase() throws HostException, InterruptedException {
        if (undo.wpCli()) {
            tools.php().upgradeDatabaseByWpCli(tools.site().config().multisite(), job);
        } else {
            tools.php().upgradeDatabase(job);
        }
    }

    /**
     * Puts the item's files back, and the database as it was before the item.
     *
     * @param data whether the database goes back too: not where items that stay have changed it since
     * @return what is wrong with the site after that
     */
    List<String> takeBack(int index, String why, boolean data) throws HostException, IOException, InterruptedException {
        Entry entry = undo.items().get(index);
        job.output().line("Taking back " + entry.words() + ": " + why);
        Path staging = staging(entry);
        tools.maintenance().set(staging);
        progress.mark(index, Stage.UNDOING, why);
        new Swap(tools.host().commands(), staging).all(back(workDir, index, entry), job);
        requireUnchanged(entry);
        if (data) {
            String evidence = restoreDatabase(index);
            job.output().line(evidence);
            progress.keepEvidence(index, evidence);
        }
        tools.settle(args.reload(), job);
        Trees.delete(staging);
        tools.maintenance().lift();
        progress.mark(index, Stage.UNDONE, why);
        return tools.health().await(undo.baseline(), args.grace(), job);
    }

    /** @return evidence */
    String restoreDatabase(int index) throws HostException, IOException, InterruptedException {
        Path dump = WordPressUndo.dump(workDir, index);
        String expected = progress.find(index, Stage.DUMPED)
                .orElseThrow(() -> new HostException("there is no dump of the time before item " + index))
                .note();
        if (!dev.drydock.agent.host.FileKeeper.sha256(dump).equals(expected)) {
            throw new HostException("the kept dump of the database is damaged: " + dump);
        }
        tools.database().restore(dump, job);
        SortedMap<String, String> now = tools.database().checksums(job);
        if (!lines(now).equals(Files.readString(checksums(index)))) {
            throw new HostException("the database is not as it was: its tables have other checksums after the restore");
        }
        return now.size() + " tables of the database have the checksums that they had before";
    }

    private Path checksums(int index) {
        return WordPressUndo.itemDir(workDir, index).resolve("checksums");
    }

    private void keepChecksums(int index, SortedMap<String, String> sums) throws IOException {
        DurableFiles.replace(checksums(index), lines(sums).getBytes(StandardCharsets.UTF_8));
    }

    private static String lines(SortedMap<String, String> sums) {
        StringBuilder lines = new StringBuilder();
        sums.forEach((table, sum) -> lines.append(table).append(' ').append(sum).append('\n'));
        return lines.toString();
    }

    private static Path staging(Entry entry) throws IOException {
        DurableFiles.createPrivateDirectory(entry.staging());
        return entry.staging();
    }

    /** What is there is what was kept: else somebody else is at work here. */
    private static void requireUnchanged(Entry entry) throws HostException, IOException {
        for (Target target : entry.targets()) {
            if (!Trees.digest(target.path()).equals(target.oldDigest())) {
                throw new HostException(target.path() + " is not as it was kept: something else has changed it");
            }
        }
    }

    private List<Swap.Move> forward(int index, Entry entry) {
        Path fresh = WordPressUndo.newFiles(workDir, index);
        return entry.targets().stream()
                .map(t -> new Swap.Move(t.source().isEmpty() ? fresh : fresh.resolve(t.source()), t.path()))
                .toList();
    }

    /** Only of what is not there already. The kept copies are read through first. */
    static List<Swap.Move> back(Path workDir, int index, Entry entry) throws HostException, IOException {
        List<Swap.Move> moves = new ArrayList<>();
        for (int i = 0; i < entry.targets().size(); i++) {
            Target target = entry.targets().get(i);
            Path copy = WordPressUndo.oldFile(workDir, index, i);
            if (Trees.digest(target.path()).equals(target.oldDigest())) {
                continue;
            }
            if (!Trees.digest(copy).equals(target.oldDigest())) {
                throw new HostException("the kept copy of " + target.path() + " is damaged: " + copy);
            }
            moves.add(new Swap.Move(copy, target.path()));
        }
        return moves;
    }
}
