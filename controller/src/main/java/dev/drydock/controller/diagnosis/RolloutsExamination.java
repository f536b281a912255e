package dev.drydock.controller.diagnosis;

import dev.drydock.controller.rollout.HostProgress;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutState;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Which rollouts wait for a person. */
public final class RolloutsExamination implements Examination {
    private static final String AREA = "rollouts";

    private final Supplier<List<Rollout>> live;

    /** @param live those that have not ended, or have a run open */
    public RolloutsExamination(Supplier<List<Rollout>> live) {
        this.live = live;
    }

    @Override
    public List<Finding> examine(Instant now) {
        List<Rollout> rollouts = live.get();
        List<Finding> findings = new ArrayList<>();
        hosts(
                        rollouts,
                        RunState.ROLLBACK_FAILED,
                        Finding.trouble(
                                AREA, "hosts could not be put back", "A person has to look: drydock explain HOST"))
                .forEach(findings::add);
        hosts(
                        rollouts,
                        RunState.LOST,
                        Finding.trouble(
                                AREA,
                                "hosts did not report how their runs ended",
                                "When their agents are back they say it: drydock explain HOST"))
                .forEach(findings::add);
        in(rollouts, rollout -> rollout.state() == RolloutState.PAUSED)
                .forEach(names -> findings.add(Finding.advice(AREA, "paused", "drydock rollout resume NAME")
                        .of(names)));
        in(rollouts, rollout -> rollout.state() == RolloutState.AWAITING_APPROVAL)
                .forEach(names -> findings.add(
                        Finding.advice(AREA, "wait for a second person's approval", "drydock rollout approve NAME")
                                .of(names)));
        in(
                        rollouts,
                        rollout -> rollout.state() == RolloutState.SCHEDULED
                                && rollout.opening().isEmpty())
                .forEach(names -> findings.add(Finding.advice(
                                AREA,
                                "wait for a window that has no opening they could use",
                                "See what takes them: drydock window next WINDOW")
                        .of(names)));
        findings.add(Finding.fine(AREA, rollouts.size() + " have not ended"));
        return findings;
    }

    private static Stream<List<String>> in(List<Rollout> rollouts, Predicate<Rollout> which) {
        List<String> names = rollouts.stream().filter(which).map(Rollout::name).toList();
        return names.isEmpty() ? Stream.empty() : Stream.of(names);
    }

    private static Stream<Finding> hosts(List<Rollout> rollouts, RunState state, Finding found) {
        List<String> names = rollouts.stream()
                .flatMap(rollout -> rollout.hosts().stream())
                .filter(host -> host.state() == state)
                .map(HostProgress::host)
                .map(host -> host.name())
                .distinct()
                .toList();
        return names.isEmpty() ? Stream.empty() : Stream.of(found.of(names));
    }
}
