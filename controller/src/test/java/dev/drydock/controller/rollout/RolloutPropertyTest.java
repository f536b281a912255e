package dev.drydock.controller.rollout;

import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** The invariants themselves are in {@link Invariants}; a failure's seed is in its report. */
class RolloutPropertyTest {
    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void holdsInvariantsAndEndsWhateverHappens(@ForAll long seed) {
        new Simulation(seed, EnumSet.allOf(Simulation.Trouble.class)).run();
    }

    /** One at a time over 194 hosts takes more than two weeks of nights. */
    @Test
    void aLargeFleetOneAtATimeEndsToo() {
        new Simulation(-6008, EnumSet.of(Simulation.Trouble.AWAY)).run();
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void holdsInvariantsWithSomeTroubles(@ForAll long seed, @ForAll Set<Simulation.Trouble> troubles) {
        new Simulation(seed, troubles).run();
    }
}
