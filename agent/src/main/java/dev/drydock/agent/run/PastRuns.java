package dev.drydock.agent.run;

import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.proto.agent.v1.RunState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs that have ended and of which the controller has everything.
 *
 * <p>What steps kept for their way back goes as soon as a run is past, but for a rollback that failed: a person may need it.
 * Journals stay for the latest {@value #MAX_RUNS} runs, at most 90 days, and always until the run's window has closed, since
 * until then the same run could be offered again. Outputs stay while all together have no more than 256 MiB, the latest
 * first. Safe for use by several threads.
 */
final class PastRuns {
    static final int MAX_RUNS = 200;
    static final Duration MAX_AGE = Duration.ofDays(90);
    static final long MAX_OUTPUT = 256L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(PastRuns.class);

    private final TimeSource time;
    private final Map<String, Past> byRunId = new HashMap<>();

    PastRuns(TimeSource time) {
        this.time = time;
    }

    private record Past(RunFiles files, Instant ended, Instant windowCloses) {}

    synchronized boolean has(String runId) {
        return byRunId.containsKey(runId);
    }

    /** Takes over a run whose marker is on disk already. */
    synchronized void load(String runId, RunFiles files) throws IOException {
        byRunId.put(runId, read(files));
    }

    private Past read(RunFiles files) throws IOException {
        String[] instants = Files.readString(files.delivered()).strip().split(" ", -1);
        try {
            return new Past(files, Instant.parse(instants[0]), Instant.parse(instants[instants.length - 1]));
        } catch (DateTimeException e) {
            LOG.warn("{} does not say when its run ended; it is kept as if that were now", files.delivered());
            return new Past(files, time.wall(), time.wall());
        }
    }

    /** The run is past, durably, when this returns. Doing it twice is fine. */
    synchronized void add(RunEntry run) throws IOException {
        RunSnapshot ended = run.snapshot();
        Instant closes = Instants.of(ended.offer().getWindowCloses());
        DurableFiles.replace(
                run.files().delivered(), (ended.at() + " " + closes + "\n").getBytes(StandardCharsets.US_ASCII));
        byRunId.put(run.id(), new Past(run.files(), ended.at(), closes));
        if (ended.state() != RunState.ROLLBACK_FAILED) {
            delete(run.files().steps());
        }
        delete(run.files().checks());
    }

    /** None is past any more, durably, when this returns: their markers are gone. Returns their ids. */
    synchronized List<String> forgetAll() throws IOException {
        List<String> forgotten = List.copyOf(byRunId.keySet());
        for (Past run : byRunId.values()) {
            Files.deleteIfExists(run.files().delivered());
            DurableFiles.syncDirectory(run.files().directory());
        }
        byRunId.clear();
        return forgotten;
    }

    /** Keeps the bounds. */
    synchronized void sweep() {
        Instant now = time.wall();
        List<Map.Entry<String, Past>> latestFirst = byRunId.entrySet().stream()
                .sorted(Comparator.comparing(
                                (Map.Entry<String, Past> e) -> e.getValue().ended())
                        .reversed())
                .toList();
        long output = 0;
        for (int i = 0; i < latestFirst.size(); i++) {
            Past past = latestFirst.get(i).getValue();
            boolean old = i >= MAX_RUNS || past.ended().plus(MAX_AGE).isBefore(now);
            if (old && past.windowCloses().isBefore(now)) {
                delete(past.files().directory());
                byRunId.remove(latestFirst.get(i).getKey());
                continue;
            }
            output += size(past.files().output());
            if (output > MAX_OUTPUT) {
                delete(past.files().output());
            }
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            LOG.warn("the size of {} cannot be read", file, e);
            return 0;
        }
    }

    /** What cannot be deleted now is tried again when the agent starts next. */
    private static void delete(Path path) {
        try {
            DurableFiles.deleteTree(path);
        } catch (IOException e) {
            LOG.warn("what is left of a past run cannot be deleted: {}", path, e);
        }
    }
}
