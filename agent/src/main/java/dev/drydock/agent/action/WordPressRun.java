package dev.drydock.agent.action;

import dev.drydock.agent.action.WordPressProgress.Mark;
import dev.drydock.agent.action.WordPressProgress.Stage;
import dev.drydock.agent.action.WordPressUndo.Entry;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.wordpress.ErrorLogs;
import dev.drydock.agent.host.wordpress.Item;
import dev.drydock.agent.host.wordpress.Offender;
import dev.drydock.playbooks.model.Units;
import dev.drydock.proto.agent.v1.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Carries out an update: item after item, only the offender goes back, and after the core's rollback nothing further. */
final class WordPressRun {
    private static final Duration LOOK_AT_THE_TIME = Duration.ofSeconds(5);

    private final WordPressTools tools;
    private final WordPressArgs args;
    private final WordPressUndo undo;
    private final WordPressProgress progress;
    private final WordPressItems items;
    private final Pause pause;
    private final Job job;

    WordPressRun(WordPressTools tools, WordPressArgs args, WordPressUndo undo, Path workDir, Pause pause, Job job) {
        this.tools = tools;
        this.args = args;
        this.undo = undo;
        this.progress = new WordPressProgress(workDir);
        this.items = new WordPressItems(tools, args, undo, workDir, job);
        this.pause = pause;
        this.job = job;
    }

    /** @return what changed, with a word for each item that went back */
    List<Change> update() throws HostException, IOException, InterruptedException {
        if (args.again().compareTo(job.timeLeft().get()) >= 0) {
            throw new HostException("the second look comes after " + Units.text(args.again())
                    + ", but the step has only " + job.timeLeft().get().toSeconds() + " s: give it a longer timeout");
        }
        for (int index = 0; index < undo.items().size(); index++) {
            update(index);
        }
        if (args.again().isPositive() && !proven().isEmpty()) {
            soak();
        }
        if (proven().isEmpty()) {
            throw new HostException("nothing was updated: " + String.join("; ", reasons()));
        }
        List<Change> changes = new ArrayList<>();
        for (int index = 0; index < undo.items().size(); index++) {
            Entry entry = undo.items().get(index);
            Optional<Mark> undone = progress.find(index, Stage.UNDONE);
            changes.add(entry.change(
                    undone.isEmpty()
                            ? entry.to()
                            : entry.from() + ", since " + entry.to() + " was rolled back: "
                                    + shown(undone.get().note())));
        }
        return changes;
    }

    private void update(int index) throws HostException, IOException, InterruptedException {
        String why;
        try {
            why = String.join("; ", items.update(index));
        } catch (HostException | IOException e) {
            why = String.valueOf(e.getMessage());
        }
        if (!why.isEmpty()) {
            takeBack(index, why, true);
            if (undo.items().get(index).item().kind() == Item.Kind.CORE) {
                throw new HostException("the core was rolled back, and nothing further is updated: " + why);
            }
        }
    }

    private void takeBack(int index, String why, boolean data) throws HostException, IOException, InterruptedException {
        if (progress.find(index, Stage.DUMPED).isEmpty()) {
            tools.maintenance().lift();
            throw new HostException(undo.items().get(index).item() + " was not begun: " + why);
        }
        List<String> still = items.takeBack(index, why, data);
        if (!still.isEmpty()) {
            throw new HostException(undo.items().get(index).words()
                    + " was taken back, and the site is still not well: " + String.join("; ", still));
        }
    }

    /** Some failures show late. The one that the error log names goes back first, then one after the other from the newest. */
    private void soak() throws HostException, IOException, InterruptedException {
        job.output().line("Looking again in " + Units.text(args.again()));
        Map<Path, ErrorLogs.End> ends = tools.health().logs().ends();
        waitFor(args.again());
        List<Item> updated =
                proven().stream().map(i -> undo.items().get(i).item()).toList();
        List<String> wrong = new ArrayList<>(tools.health().await(undo.baseline(), Duration.ZERO, job));
        // Scanners cause fatal errors of other code at any time: of the log only what names an updated item counts.
        tools.health().logs().since(ends).stream()
                .filter(line -> Offender.names(updated, line))
                .forEach(wrong::add);
        if (wrong.isEmpty()) {
            return;
        }
        String why = "after " + Units.text(args.again()) + ": " + String.join("; ", wrong);
        List<Integer> candidates = proven();
        Item suspect = Offender.among(updated, wrong).orElseThrow();
        int index = candidates.stream()
                .filter(i -> undo.items().get(i).item().equals(suspect))
                .findFirst()
                .orElseThrow();
        boolean last = index == candidates.getLast();
        List<String> still = items.takeBack(index, why, last);
        for (Integer next : proven().reversed()) {
            if (still.isEmpty()) {
                break;
            }
            still = items.takeBack(next, why, true);
        }
        if (!still.isEmpty()) {
            throw new HostException(
                    "all items were taken back, and the site is still not well: " + String.join("; ", still));
        }
        if (undo.items().stream().anyMatch(e -> e.item().kind() == Item.Kind.CORE)
                && progress.find(0, Stage.UNDONE).isPresent()) {
            throw new HostException("the core was rolled back: " + why);
        }
    }

    private void waitFor(Duration time) throws InterruptedException {
        Job within = job.within(time);
        for (Duration left = time; left.isPositive(); left = within.timeLeft().get()) {
            pause.of(left.compareTo(LOOK_AT_THE_TIME) < 0 ? left : LOOK_AT_THE_TIME);
        }
    }

    private List<Integer> proven() throws IOException {
        List<Integer> proven = new ArrayList<>();
        for (int i : IntStream.range(0, undo.items().size()).toArray()) {
            if (progress.isAt(i, Stage.PROVEN)) {
                proven.add(i);
            }
        }
        return proven;
    }

    private List<String> reasons() throws IOException {
        return progress.marks().stream()
                .filter(m -> m.stage() == Stage.UNDONE)
                .map(m -> undo.items().get(m.item()).item() + ": " + m.note())
                .toList();
    }

    private static String shown(String why) {
        return why.length() <= 300 ? why : why.substring(0, 300) + "…";
    }
}
