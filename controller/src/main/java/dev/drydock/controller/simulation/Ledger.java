package dev.drydock.controller.simulation;

import dev.drydock.controller.rollout.RolloutEvent.RunChanged;
import dev.drydock.controller.window.Opening;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps account of what a rollout makes of its openings. Times in seconds. */
final class Ledger {
    private final List<Page> pages = new ArrayList<>();
    private final Map<String, Page> lostIn = new HashMap<>();

    private static final class Page {
        private final Opening opening;
        private int begun;
        private int patched;
        private int failed;
        private int deferred;
        private int outOfTime;
        private int leftOver;
        private int away;
        private int silent;
        private long used;
        private int peak;
        private Instant lastStart;
        private Instant lastEnd;
        private boolean stopped;

        Page(Opening opening) {
            this.opening = opening;
            this.lastStart = opening.opens();
            this.lastEnd = opening.opens();
        }

        OpeningUse close() {
            double length = (double)
                    (opening.closes().getEpochSecond() - opening.opens().getEpochSecond());
            return new OpeningUse(
                    opening.opens(),
                    opening.closes(),
                    begun,
                    patched,
                    failed,
                    deferred,
                    outOfTime,
                    leftOver,
                    away,
                    silent,
                    length == 0 ? 0 : Math.min(1, used / length),
                    peak,
                    lastStart,
                    lastEnd,
                    stopped);
        }
    }

    /** The rollout makes use of this opening from now on. */
    void opened(Opening opening) {
        if (pages.isEmpty() || !pages.getLast().opening.equals(opening)) {
            pages.add(new Page(opening));
        }
    }

    /** Runs were open from then until now. */
    void passed(long from, long to, int open) {
        if (pages.isEmpty() || open == 0) {
            return;
        }
        Page page = pages.getLast();
        page.peak = Math.max(page.peak, open);
        page.used += Math.max(
                0,
                Math.min(to, page.opening.closes().getEpochSecond())
                        - Math.max(from, page.opening.opens().getEpochSecond()));
    }

    /** What is said late of a lost run replaces its loss, in the opening in which that was counted. */
    void heard(RunChanged report, RunState before, long now) {
        if (pages.isEmpty()) {
            return;
        }
        Page page = pages.getLast();
        if (before == RunState.LOST) {
            page = lostIn.getOrDefault(report.hostId(), page);
            page.failed--;
        } else if (report.state() == RunState.RUNNING) {
            page.lastStart = Instant.ofEpochSecond(now);
            page.begun++;
        } else {
            page.lastEnd = Instant.ofEpochSecond(now);
        }
        switch (report.state()) {
            case SUCCEEDED -> page.patched++;
            case DEFERRED -> page.deferred++;
            case ROLLED_BACK, ROLLBACK_FAILED, LOST -> {
                page.failed++;
                page.outOfTime += report.reason().equals(Agents.OUT_OF_TIME) ? 1 : 0;
            }
            default -> {}
        }
        if (report.state() == RunState.LOST) {
            lostIn.put(report.hostId(), page);
        }
    }

    /** The opening in use ends for the rollout, with so many hosts left. */
    void over(int leftOver, int away, int silent, boolean stopped) {
        if (!pages.isEmpty()) {
            Page page = pages.getLast();
            page.leftOver = leftOver;
            page.away = away;
            page.silent = silent;
            page.stopped = stopped;
        }
    }

    int size() {
        return pages.size();
    }

    List<OpeningUse> openings() {
        return pages.stream().map(Page::close).toList();
    }
}
