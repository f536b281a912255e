package dev.drydock.controller.simulation;

import java.util.List;

/** Simulates scenarios. */
public final class Simulation {
    private Simulation() {}

    /**
     * Takes as long as it takes: seconds for 100,000 hosts over a year. The same scenario gives the same result.
     *
     * @param progress is told now and then, and can end it
     * @throws java.util.concurrent.CancellationException when {@code progress} ended it
     */
    public static SimulationResult of(Scenario scenario, Progress progress) {
        Simulator simulator = new Simulator(scenario, 0, scenario.decider(), progress);
        simulator.run(rollout -> false);
        List<RolloutOutcome> rollouts = simulator.outcomes();
        Advisor advisor = new Advisor(scenario, progress);
        List<Advice> advice = advisor.on(rollouts);
        return new SimulationResult(
                scenario,
                rollouts,
                simulator.neverPatched(),
                simulator.upToDate(),
                advice,
                simulator.decisions() + advisor.decisions());
    }
}
