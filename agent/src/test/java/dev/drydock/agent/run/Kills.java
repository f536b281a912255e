package dev.drydock.agent.run;

import java.io.IOException;
import java.util.Set;

/** Every point at which the agent may die is counted; at the chosen ones it dies. */
final class Kills {
    /** Nothing in the engine may catch this. */
    static final class Killed extends Error {
        Killed(String where) {
            super(where, null, false, false);
        }
    }

    private final Set<Integer> deaths;
    private final Set<Integer> diskErrors;
    private int count;

    Kills(Set<Integer> deaths, Set<Integer> diskErrors) {
        this.deaths = Set.copyOf(deaths);
        this.diskErrors = Set.copyOf(diskErrors);
    }

    static Kills none() {
        return new Kills(Set.of(), Set.of());
    }

    static Kills at(Integer... points) {
        return new Kills(Set.of(points), Set.of());
    }

    void point(String where) {
        count++;
        if (deaths.contains(count)) {
            throw new Killed("killed " + where + " (point " + count + ")");
        }
    }

    /** A point at which the disk may fail as well. */
    void diskPoint(String where) throws IOException {
        point(where);
        if (diskErrors.contains(count)) {
            throw new IOException("disk error " + where + " (point " + count + ")");
        }
    }

    int count() {
        return count;
    }
}
