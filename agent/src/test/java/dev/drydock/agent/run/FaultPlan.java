package dev.drydock.agent.run;

import dev.drydock.agent.action.ActionException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Carries out strikes: at points of the simulation, which it counts, and at times. */
final class FaultPlan extends Kills {
    private final List<Strike> strikes;
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
    private final List<Fault> armed = new ArrayList<>();
    private boolean agentLives = true;

    /** What can be struck. */
    interface World {
        void jumpClock(Duration by);

        void cutNetwork(Duration lasts);

        void holdLock(Duration lasts);

        void fillDisk(Duration lasts);

        void killService(Duration lasts);

        void at(Duration sinceStart, Runnable what);
    }

    private Optional<World> world = Optional.empty();

    FaultPlan(List<Strike> strikes) {
        super(Set.of(), Set.of());
        this.strikes = List.copyOf(strikes);
    }

    void enter(World entered) {
        world = Optional.of(entered);
        for (Strike strike : strikes) {
            if (strike.point().isEmpty()) {
                entered.at(strike.at(), () -> strike(strike));
            }
        }
    }

    @Override
    void agentLives(boolean lives) {
        agentLives = lives;
    }

    @Override
    void point(String where) {
        super.point(where);
        for (Strike strike : strikes) {
            if (strike.point().isPresent() && strike.point().getAsInt() == count()) {
                strike(strike);
            }
        }
    }

    @Override
    void diskPoint(String where) throws IOException {
        point(where);
        if (armed.remove(Fault.WRITE_ERROR)) {
            throw new IOException("input/output error " + where);
        }
    }

    @Override
    void toolPoint(String where) throws ActionException {
        point(where);
        if (armed.remove(Fault.TOOL_KILLED)) {
            throw new ActionException("the program was killed " + where, true, java.util.OptionalInt.of(137), "", null);
        }
    }

    private void strike(Strike strike) {
        Fault fault = strike.fault();
        World on = world.orElseThrow();
        if (fault.kills() && !agentLives) {
            return;
        }
        struck.merge(fault, 1, Integer::sum);
        switch (fault) {
            case KILL_AGENT -> throw killed(fault, Simulation.Power.STAYS);
            case POWER_LOSS -> throw killed(fault, Simulation.Power.CUT_LOSES_HALF);
            case HOST_RESTART -> throw killed(fault, Simulation.Power.RESTARTS);
            case WRITE_ERROR, TOOL_KILLED -> armed.add(fault);
            case CLOCK_AHEAD -> on.jumpClock(Duration.ofHours(1));
            case CLOCK_BACK -> on.jumpClock(Duration.ofHours(-1));
            case NETWORK_CUT -> on.cutNetwork(strike.lasts());
            case LOCK_HELD -> on.holdLock(strike.lasts());
            case DISK_FULL -> on.fillDisk(strike.lasts());
            case SERVICE_DIES -> on.killService(strike.lasts());
        }
    }

    private Killed killed(Fault fault, Simulation.Power power) {
        return new Killed(fault + " at point " + count(), Optional.of(power));
    }

    /** What came to pass. */
    Map<Fault, Integer> struck() {
        return Map.copyOf(struck);
    }

    List<Strike> strikes() {
        return strikes;
    }
}
