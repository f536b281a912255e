package dev.drydock.controller.api;

import dev.drydock.controller.rollout.Strategy;
import dev.drydock.controller.simulation.Advice;
import dev.drydock.controller.simulation.GroupDraft;
import dev.drydock.controller.simulation.HostGroup;
import dev.drydock.controller.simulation.Scenario;
import dev.drydock.controller.simulation.ScenarioDraft;
import dev.drydock.controller.simulation.SimulationResult;
import dev.drydock.controller.window.WindowDraft;
import dev.drydock.proto.v1.SimulateUpdate;
import dev.drydock.proto.v1.SimulatedGroup;
import dev.drydock.proto.v1.SimulatedStrategy;
import dev.drydock.proto.v1.SimulatedWindow;
import dev.drydock.proto.v1.SimulationAdvice;
import dev.drydock.proto.v1.SimulationProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scenarios and what they came to, in and out of messages. */
final class SimulationMapper {
    private SimulationMapper() {}

    /** Only durations that are none add to the problems; the rest is the draft's to judge. */
    static ScenarioDraft draft(dev.drydock.proto.v1.Scenario message, List<String> problems) {
        List<GroupDraft> groups = new ArrayList<>();
        for (int i = 0; i < message.getFleet().getGroupsCount(); i++) {
            groups.add(group(message.getFleet().getGroups(i), "fleet.groups[" + i + "]", problems));
        }
        return new ScenarioDraft(
                message.getFleet().getHosts(),
                groups,
                window(message.getWindow(), problems),
                message.getWindow().getFreezes(),
                strategy(message.getStrategy(), problems),
                message.getSpan().getFrom(),
                message.getSpan().getMonths(),
                message.getReleases().getRrule(),
                message.getReleases().getSupersede(),
                Times.duration("grain", message.getGrain(), problems),
                message.getSeed());
    }

    private static GroupDraft group(SimulatedGroup message, String path, List<String> problems) {
        return new GroupDraft(
                message.getName(),
                message.getShare(),
                message.getClusterSize(),
                Times.duration(path + ".duration.p50", message.getDuration().getP50(), problems),
                Times.duration(path + ".duration.p95", message.getDuration().getP95(), problems),
                new HostGroup.Failures(
                        message.getFailures().getRolledBack(),
                        message.getFailures().getRollbackFailed(),
                        message.getFailures().getLost(),
                        message.getFailures().getHang()),
                message.getOffline().getShare(),
                Times.duration(path + ".offline.length", message.getOffline().getLength(), problems));
    }

    private static WindowDraft window(SimulatedWindow message, List<String> problems) {
        return new WindowDraft(
                "window",
                message.getRrule(),
                message.getStart(),
                message.getZone(),
                Times.duration("window.duration", message.getDuration(), problems),
                Times.duration("window.cutoff", message.getCutoff(), problems),
                message.hasReserve()
                        ? Optional.of(Times.duration("window.reserve", message.getReserve(), problems))
                        : Optional.empty());
    }

    private static Strategy strategy(SimulatedStrategy message, List<String> problems) {
        return new Strategy(
                message.getWavesList(),
                message.getMaxConcurrent(),
                message.getFailureThreshold(),
                Times.duration("strategy.soak", message.getSoak(), problems),
                message.getNeverTogether(),
                List.of());
    }

    static dev.drydock.proto.v1.SimulationResult message(
            SimulationResult result, dev.drydock.proto.v1.Scenario scenario) {
        return dev.drydock.proto.v1.SimulationResult.newBuilder()
                .setScenario(scenario)
                .setFrom(Times.timestamp(result.scenario().from()))
                .setUntil(Times.timestamp(result.scenario().until()))
                .addAllRollouts(result.rollouts().stream()
                        .map(SimulatedRolloutMapper::message)
                        .toList())
                .setNeverPatched(result.neverPatched())
                .addAllUpToDate(result.upToDate().stream()
                        .map(SimulationResult.Point::share)
                        .toList())
                .addAllAdvice(
                        result.advice().stream().map(SimulationMapper::advice).toList())
                .setDecisions(result.decisions())
                .build();
    }

    private static SimulationAdvice advice(Advice advice) {
        return SimulationAdvice.newBuilder()
                .setRollout(advice.rollout())
                .setKnob(
                        switch (advice.what()) {
                            case WINDOW_DURATION -> SimulationAdvice.Knob.WINDOW_DURATION;
                            case MAX_CONCURRENT -> SimulationAdvice.Knob.MAX_CONCURRENT;
                        })
                .setNow(advice.now())
                .setEnough(advice.enough().orElse(""))
                .setTried(advice.tried())
                .setLimit(advice.limit())
                .setBecause(advice.because())
                .build();
    }

    /** Tells of progress where it can be seen: a hundred times at most, and never backwards. */
    static final class Ahead {
        private static final int TIMES = 100;

        private final Scenario scenario;
        private long told;

        Ahead(Scenario scenario) {
            this.scenario = scenario;
        }

        Optional<SimulateUpdate> reached(Instant at) {
            long from = scenario.from().getEpochSecond();
            long share =
                    (at.getEpochSecond() - from) * TIMES / (scenario.until().getEpochSecond() - from);
            if (share <= told) {
                return Optional.empty();
            }
            told = share;
            return Optional.of(SimulateUpdate.newBuilder()
                    .setProgress(SimulationProgress.newBuilder()
                            .setReached(Times.timestamp(at))
                            .setFrom(Times.timestamp(scenario.from()))
                            .setUntil(Times.timestamp(scenario.until())))
                    .build());
        }
    }
}
