package dev.drydock.agent.session;

import dev.drydock.agent.run.Runs;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.RunEvent;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which runs still change the host or may, as their journals say. Safe for use by several threads. */
final class RunWatch {
    private static final int READ = 64 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);

    private final Runs runs;
    private final Map<String, Seen> seen = new HashMap<>();
    private boolean ended;

    private record Seen(long sequence, boolean ended) {}

    RunWatch(Runs runs) {
        this.runs = runs;
    }

    /**
     * Looks again.
     *
     * @return whether a run ended since this was last asked
     */
    synchronized boolean look() {
        read();
        boolean news = ended;
        ended = false;
        return news;
    }

    private void read() {
        List<OpenRun> open = runs.undelivered();
        for (OpenRun run : open) {
            Seen before = seen.getOrDefault(run.getRunId(), new Seen(0, false));
            if (!before.ended() && run.getLastSequence() > before.sequence()) {
                Seen now = read(run, before);
                seen.put(run.getRunId(), now);
                ended |= now.ended();
            }
        }
        // One that ended and was delivered between two looks is gone without having been seen to end.
        List<String> ids = open.stream().map(OpenRun::getRunId).toList();
        ended |= seen.entrySet().stream()
                .anyMatch(entry ->
                        !ids.contains(entry.getKey()) && !entry.getValue().ended());
        seen.keySet().retainAll(ids);
    }

    private Seen read(OpenRun run, Seen before) {
        long at = before.sequence();
        try {
            while (at < run.getLastSequence()) {
                List<RunEvent> events = runs.events(run.getRunId(), at, READ);
                if (events.isEmpty()) {
                    break;
                }
                at = events.getLast().getSequence();
                if (events.stream().anyMatch(RunEvent::hasResult)) {
                    return new Seen(at, true);
                }
            }
        } catch (IOException e) {
            LOG.error("the journal of run {} cannot be read: {}", run.getRunId(), e.toString());
        }
        return new Seen(Math.max(at, run.getLastSequence()), false);
    }

    /** Runs that have not ended, in no order. */
    synchronized List<String> active() {
        read();
        return seen.entrySet().stream()
                .filter(entry -> !entry.getValue().ended())
                .map(Map.Entry::getKey)
                .toList();
    }
}
