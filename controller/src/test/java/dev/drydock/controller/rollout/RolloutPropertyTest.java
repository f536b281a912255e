package dev.drydock.controller.rollout;

import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** The invariants themselves are in {@link Invariants}; a failure's seed is in its report. */
class RolloutPropertyTest {
    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void holdsInvariantsAndEndsWhateverHappens(@ForAll long seed) {
        new Simulation(seed, EnumSet.allOf(Simulation.Trouble.class)).run();
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void holdsInvariantsWithSomeTroubles(@ForAll long seed, @ForAll Set<Simulation.Trouble> troubles) {
        new Simulation(seed, troubles).run();
    }
}
