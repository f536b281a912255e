package dev.drydock.agent.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Boots of a host. One that is asked to reboot goes down a little later, whether or not the agent still lives then. */
final class SimBoot {
    private static final Duration GOES_DOWN = Duration.ofSeconds(5);

    private final SimTime time;
    private final Runnable whenDown;
    private final List<Instant> asked = new ArrayList<>();
    private boolean agentLives = true;
    private int boots;

    /** @param whenDown the host goes down in order while there is no agent */
    SimBoot(SimTime time, Runnable whenDown) {
        this.time = time;
        this.whenDown = whenDown;
    }

    String id() {
        return "boot-" + boots;
    }

    void anew() {
        boots++;
    }

    void agentLives(boolean lives) {
        agentLives = lives;
    }

    void ask() {
        asked.add(time.trueTime());
        String ends = id();
        time.in(GOES_DOWN, () -> {
            if (!id().equals(ends)) {
                return;
            }
            if (agentLives) {
                throw Kills.Killed.byReboot();
            }
            anew();
            whenDown.run();
        });
    }

    /** Wanted or not. */
    int boots() {
        return boots;
    }

    /** When it was. */
    List<Instant> asked() {
        return List.copyOf(asked);
    }
}
