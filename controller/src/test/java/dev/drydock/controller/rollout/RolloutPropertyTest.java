package dev.drydock.controller.rollout;

import java.util.EnumSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** A lost run that says, after all, that it never began: its host is offered another, in the same decision. */
    @ParameterizedTest
    @CsvSource({"6758353929464986273, 125", "3700695256308726397, 95"})
    void aLostRunThatNeverBeganDoesNotCount(long seed, int troubles) {
        new Simulation(seed, Simulation.Trouble.of(troubles)).run();
    }

    /** A host that was left behind, and whose run is under way after all, when everything is to be tried again. */
    @Test
    void whatIsUnderWayIsNotTriedAgain() {
        new Simulation(-9588, EnumSet.allOf(Simulation.Trouble.class)).run();
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void holdsInvariantsWithSomeTroubles(@ForAll long seed, @ForAll @IntRange(max = 255) int troubles) {
        new Simulation(seed, Simulation.Trouble.of(troubles)).run();
    }
}
