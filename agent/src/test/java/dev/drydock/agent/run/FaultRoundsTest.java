package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.run.TransitionTable.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every fault at every transition of the engine's own tables, and any faults at any instants. {@code make chaos} plays it for
 * longer; see docs/testing-faults.md.
 */
class FaultRoundsTest {
    private static final long SEED = Long.getLong("chaos.seed", 20_261_124L);
    private static final int ROUNDS = Integer.getInteger("chaos.rounds", 300);

    /** Without it one of the two points of each transition is taken, by the seed, which is half the time. */
    private static final boolean ALL = Integer.getInteger("chaos.rounds") != null;

    private static final FaultTally TALLY = new FaultTally();

    private static Passages passages;

    @BeforeAll
    static void play() throws Exception {
        passages = Passages.find();
    }

    @AfterAll
    static void tell() {
        System.out.println(TALLY.text("in process, seed " + SEED));
    }

    @Test
    void theRepertoireGoesThroughEveryTransitionSoThatNoneIsLeftOut() {
        assertThat(Passages.rows().filter(row -> passages.of(row).isEmpty()))
                .as("rows that no piece of the repertoire goes through")
                .isEmpty();
    }

    @Test
    void everyFaultJustBeforeOrJustAfterEveryTransitionEndsRight() throws Exception {
        for (Row<?, ?> row : Passages.rows().toList()) {
            for (Fault fault : Fault.values()) {
                // Of its own, so that every one of them can be played again whatever was played before it.
                Random random =
                        new Random(SEED * 1_000_003 + 31L * row.toString().hashCode() + fault.ordinal());
                Passages.Passage passage = passages.any(row, random);
                Duration lasts = RandomScenario.length(fault, random);
                long sectors = random.nextLong();
                for (int point : points(passage, random)) {
                    List<Strike> strikes = new ArrayList<>(passage.base());
                    strikes.add(Strike.atPoint(fault, point, lasts));
                    play(
                            new FaultRound(passage.scenario(), strikes, sectors),
                            fault + " at " + row + ", " + again(SEED));
                }
            }
        }
    }

    private static String again(long seed) {
        return "make chaos SEED=" + seed + " ROUNDS=1 HOST_ROUNDS=0";
    }

    private static List<Integer> points(Passages.Passage passage, Random random) {
        List<Integer> both = List.of(passage.before(), passage.after());
        return ALL ? both : List.of(both.get(random.nextInt(2)));
    }

    /** What an agent that comes back finds in its journal may not be on disk yet, and the controller may not hear of it before. */
    @Test
    void aPowerCutRightAfterADeathBetweenWritingAndSyncingAnyTransitionEndsRight() throws Exception {
        Random random = new Random(SEED);
        for (Row<?, ?> row : Passages.rows().toList()) {
            for (Passages.Passage passage : passages.of(row)) {
                List<Strike> strikes = new ArrayList<>(passage.base());
                strikes.add(Strike.atPoint(Fault.KILL_AGENT, passage.after() - 1, Duration.ZERO));
                strikes.add(Strike.atPoint(Fault.POWER_LOSS, passage.after(), Duration.ZERO));
                play(new FaultRound(passage.scenario(), strikes, random.nextLong()), row + ", " + again(SEED));
            }
        }
    }

    @Test
    void anyFaultsAtAnyInstantsOfAnyRunEndRight() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = SEED + round;
            play(anyRound(seed), again(seed));
        }
    }

    private static FaultRound anyRound(long seed) throws Exception {
        Random random = new Random(seed);
        Scenario scenario = RandomScenario.of(random);
        FaultPlan undisturbed = new FaultPlan(List.of());
        Simulation.Story calm =
                Simulation.struck(scenario, undisturbed, new Random(seed)).tell();
        long seconds = Duration.between(SimTime.START, calm.ended()).toSeconds();
        List<Strike> strikes = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
            Duration lasts = RandomScenario.length(fault, random);
            strikes.add(
                    random.nextInt(3) > 0
                            ? Strike.atPoint(fault, 1 + random.nextInt(undisturbed.count() + 5), lasts)
                            : Strike.atTime(fault, Duration.ofSeconds(random.nextLong(seconds + 1)), lasts));
        }
        return new FaultRound(scenario, strikes, seed);
    }

    private static void play(FaultRound round, String again) throws Exception {
        try {
            TALLY.add(round.play());
        } catch (AssertionError e) {
            throw new AssertionError(again + ": " + e.getMessage(), e);
        }
    }
}
