package dev.drydock.controller.simulation;

import dev.drydock.controller.simulation.SimulationResult.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The share of hosts with the newest release's patches, at even intervals over the span. Times in seconds. */
final class Timeline {
    /** Finer than any terminal shows. */
    static final int POINTS = 240;

    private final List<Point> points = new ArrayList<>();
    private final long from;
    private final long length;
    private final int hosts;
    private int patched;

    Timeline(long from, long until, int hosts) {
        this.from = from;
        this.length = until - from;
        this.hosts = hosts;
    }

    /** Up to {@code now} it stood as it stands. */
    void passed(long now) {
        while (points.size() <= POINTS && at(points.size()) < now) {
            points.add(new Point(Instant.ofEpochSecond(at(points.size())), (double) patched / hosts));
        }
    }

    private long at(int point) {
        return from + length * point / POINTS;
    }

    /** Nobody has its patches yet. */
    void released() {
        patched = 0;
    }

    void patched() {
        patched++;
    }

    List<Point> all() {
        return points;
    }
}
