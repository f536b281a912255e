package dev.drydock.agent.run;

import dev.drydock.agent.action.ActionException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Every point at which the agent may die is counted; at the chosen ones it dies. {@link FaultPlan} does worse. */
class Kills {
    /** Nothing in the engine may catch this. */
    static final class Killed extends Error {
        private final transient Optional<Simulation.Power> power;
        private final boolean wanted;

        Killed(String where, Optional<Simulation.Power> power) {
            this(where, power, false);
        }

        private Killed(String where, Optional<Simulation.Power> power, boolean wanted) {
            super(where, null, false, false);
            this.power = power;
            this.wanted = wanted;
        }

        /** The agent ends with its host, as the run asked for. */
        static Killed byReboot() {
            return new Killed("rebooting", Optional.of(Simulation.Power.RESTARTS), true);
        }

        boolean wanted() {
            return wanted;
        }

        /** What it does to the host; empty: what the simulation does anyway. */
        Optional<Simulation.Power> power() {
            return power;
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
            throw new Killed("killed " + where + " (point " + count + ")", Optional.empty());
        }
    }

    /** A point at which the disk may fail as well. */
    void diskPoint(String where) throws IOException {
        point(where);
        if (diskErrors.contains(count)) {
            throw new IOException("disk error " + where + " (point " + count + ")");
        }
    }

    /** A point at which the program that changes the host may die as well. */
    void toolPoint(String where) throws ActionException {
        point(where);
    }

    /** While the agent is not there, nothing can happen to it. */
    void agentLives(boolean lives) {}

    int count() {
        return count;
    }
}
