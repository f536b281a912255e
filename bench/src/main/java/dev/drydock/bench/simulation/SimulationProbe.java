package dev.drydock.bench.simulation;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.Probe;
import dev.drydock.bench.Settings;
import dev.drydock.bench.report.Figure;
import dev.drydock.bench.report.Section;
import dev.drydock.controller.rollout.Strategy;
import dev.drydock.controller.simulation.GroupDraft;
import dev.drydock.controller.simulation.HostGroup.Failures;
import dev.drydock.controller.simulation.InvalidScenarioException;
import dev.drydock.controller.simulation.Scenario;
import dev.drydock.controller.simulation.ScenarioDraft;
import dev.drydock.controller.simulation.Simulation;
import dev.drydock.controller.simulation.SimulationResult;
import dev.drydock.controller.window.WindowDraft;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** 100,000 hosts over 12 months, a rollout a month, in a JVM that has simulated nothing before. */
public final class SimulationProbe implements Probe {
    @Override
    public Section run(Settings settings) {
        Scenario scenario = scenario();
        long begun = System.nanoTime();
        long cpuBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        SimulationResult result = Simulation.of(scenario, at -> {});
        double cpu = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBefore) / 1e9;
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Section(
                "simulation",
                "Simulation: 100,000 hosts, 12 months, a rollout a month",
                List.of(
                        new Figure("seconds", "from the scenario to its result", seconds, "s"),
                        new Figure("cpu_seconds", "CPU of the simulating thread", cpu, "s"),
                        new Figure("decisions", "decisions made", result.decisions(), ""),
                        new Figure(
                                "ms_per_decision",
                                "CPU per decision, hosts included",
                                cpu * 1e3 / result.decisions(),
                                "ms")));
    }

    private static Scenario scenario() {
        Failures failures = new Failures(0.01, 0.001, 0.001, 0.0005);
        try {
            return new ScenarioDraft(
                            ScenarioDraft.MOST_HOSTS,
                            List.of(
                                    new GroupDraft(
                                            "web",
                                            0.7,
                                            0,
                                            Duration.ofMinutes(6),
                                            Duration.ofMinutes(15),
                                            failures,
                                            0.03,
                                            Duration.ofHours(8)),
                                    new GroupDraft(
                                            "db",
                                            0.3,
                                            2,
                                            Duration.ofMinutes(12),
                                            Duration.ofMinutes(40),
                                            failures,
                                            0.01,
                                            Duration.ZERO)),
                            new WindowDraft(
                                    "window",
                                    "FREQ=WEEKLY;BYDAY=SU",
                                    "2026-11-29T02:00",
                                    "Asia/Tokyo",
                                    Duration.ofHours(4),
                                    Duration.ofMinutes(45),
                                    Optional.empty()),
                            new Strategy(
                                    List.of("1%", "10%", "50%"),
                                    "5%",
                                    "5%",
                                    Duration.ofMinutes(30),
                                    "labels.cluster",
                                    List.of()),
                            "2026-12-01",
                            12,
                            "FREQ=MONTHLY;BYDAY=2TU",
                            true,
                            Duration.ZERO,
                            7)
                    .validate();
        } catch (InvalidScenarioException e) {
            throw new BenchException("the scenario of the benchmark is refused: " + e.getMessage(), e);
        }
    }
}
