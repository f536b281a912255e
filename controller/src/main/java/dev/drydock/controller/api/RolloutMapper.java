package dev.drydock.controller.api;

import dev.drydock.controller.rollout.Approval;
import dev.drydock.controller.rollout.Emergency;
import dev.drydock.controller.rollout.Exclusion;
import dev.drydock.controller.rollout.HostProgress;
import dev.drydock.controller.rollout.PlaybookVersion;
import dev.drydock.controller.rollout.RebootPace;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutDraft;
import dev.drydock.controller.rollout.RolloutPlan;
import dev.drydock.controller.rollout.Strategy;
import dev.drydock.controller.rollout.TimedNote;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.RolloutNote;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.RolloutUpdate;
import dev.drydock.proto.v1.Wave;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rollouts, in and out of messages. */
final class RolloutMapper {
    private RolloutMapper() {}

    static RolloutDraft draft(
            RolloutSpec spec,
            PlaybookVersion playbook,
            Duration soak,
            RebootPace reboots,
            Optional<Emergency> emergency,
            String by) {
        return new RolloutDraft(
                spec.getName(),
                playbook,
                spec.getParamsMap(),
                spec.getSelector(),
                spec.getWindow(),
                emergency,
                new Strategy(
                        spec.getWavesList(),
                        spec.getMaxConcurrent(),
                        spec.getFailureThreshold(),
                        soak,
                        spec.getNeverTogether(),
                        spec.getApproveBeforeList(),
                        reboots),
                by);
    }

    /** With waves and hosts. */
    static dev.drydock.proto.v1.Rollout whole(Rollout rollout) {
        return summary(rollout).addAllWaves(waves(rollout)).build();
    }

    /** Without waves, as in lists. */
    static dev.drydock.proto.v1.Rollout.Builder summary(Rollout rollout) {
        dev.drydock.proto.v1.Rollout.Builder message = dev.drydock.proto.v1.Rollout.newBuilder()
                .setId(rollout.id())
                .setSpec(spec(rollout.plan()))
                .setPlaybookDigest(rollout.plan().playbook().digest())
                .setState(state(rollout.state()))
                .setReason(rollout.reason())
                .setCreatedAt(Times.timestamp(rollout.plan().origin().at()))
                .setCurrentWave(rollout.currentWave())
                .setCreatedBy(rollout.plan().origin().by())
                .addAllApprovals(
                        rollout.approvals().stream().map(RolloutMapper::message).toList())
                .setUnapprovedWave(
                        rollout.state().ended() ? 0 : rollout.unapproved().orElse(0))
                .addAllNotIncluded(rollout.plan().notIncluded().stream()
                        .map(RolloutMapper::message)
                        .toList());
        Times.timestamp(rollout.startedAt(), message::setStartedAt);
        Times.timestamp(rollout.endedAt(), message::setEndedAt);
        Times.timestamp(rollout.soakUntil(), message::setSoakUntil);
        rollout.opening().map(WindowMapper::message).ifPresent(message::setOpening);
        return message;
    }

    private static RolloutSpec spec(RolloutPlan plan) {
        Strategy strategy = plan.strategy();
        RolloutSpec.Builder spec = RolloutSpec.newBuilder()
                .setName(plan.name())
                .setPlaybook(plan.playbook().reference())
                .putAllParams(plan.params())
                .setSelector(plan.selector())
                .addAllWaves(strategy.waves())
                .setMaxConcurrent(strategy.maxConcurrent())
                .setFailureThreshold(strategy.failureThreshold())
                .setSoak(Times.duration(strategy.soak()))
                .setNeverTogether(strategy.neverTogether())
                .setRebootsAtOnce(strategy.reboots().atOnce())
                .setRebootInterval(Times.duration(strategy.reboots().interval()))
                .addAllApproveBefore(strategy.approveBefore());
        plan.origin()
                .emergency()
                .ifPresentOrElse(
                        reason -> spec.setEmergency(reason)
                                .setEmergencyFor(Times.duration(plan.window().duration())),
                        () -> spec.setWindow(plan.window().name()));
        return spec.build();
    }

    static RolloutState state(dev.drydock.controller.rollout.RolloutState state) {
        return switch (state) {
            case SCHEDULED -> RolloutState.SCHEDULED;
            case RUNNING -> RolloutState.RUNNING;
            case SOAKING -> RolloutState.SOAKING;
            case AWAITING_APPROVAL -> RolloutState.AWAITING_APPROVAL;
            case PAUSED -> RolloutState.PAUSED;
            case STOPPING -> RolloutState.STOPPING;
            case COMPLETED -> RolloutState.COMPLETED;
            case COMPLETED_WITH_FAILURES -> RolloutState.COMPLETED_WITH_FAILURES;
            case STOPPED -> RolloutState.STOPPED;
            case ABORTED -> RolloutState.ABORTED;
        };
    }

    private static dev.drydock.proto.v1.Approval message(Approval approval) {
        return dev.drydock.proto.v1.Approval.newBuilder()
                .setWave(approval.wave())
                .setBy(approval.by())
                .setAt(Times.timestamp(approval.at()))
                .setComment(approval.comment())
                .build();
    }

    private static dev.drydock.proto.v1.Exclusion message(Exclusion exclusion) {
        return dev.drydock.proto.v1.Exclusion.newBuilder()
                .setHost(exclusion.host())
                .setReason(exclusion.reason())
                .build();
    }

    private static List<Wave> waves(Rollout rollout) {
        Map<Integer, List<HostProgress>> byWave = rollout.hosts().stream()
                .collect(Collectors.groupingBy(host -> host.host().wave(), TreeMap::new, Collectors.toList()));
        return byWave.entrySet().stream()
                .map(wave -> Wave.newBuilder()
                        .setNumber(wave.getKey())
                        .addAllHosts(wave.getValue().stream()
                                .map(RolloutMapper::message)
                                .toList())
                        .build())
                .toList();
    }

    private static HostRun message(HostProgress host) {
        HostRun.Builder message = HostRun.newBuilder()
                .setHostId(host.host().id())
                .setHost(host.host().name())
                .setRunId(host.runId())
                .setState(host.state())
                .setReason(host.reason().isEmpty() ? waitsFor(host) : host.reason())
                .setStep(host.step());
        Times.timestamp(host.startedAt(), message::setStartedAt);
        Times.timestamp(host.endedAt(), message::setEndedAt);
        return message.build();
    }

    /** Why no run can be offered to it, or its run does not go on, where that is so. */
    private static String waitsFor(HostProgress host) {
        if (host.waiting()) {
            return host.unready();
        }
        return host.open() && host.reboot().filter(reboot -> !reboot.begun()).isPresent()
                ? "waits for its turn to reboot"
                : "";
    }

    /** @param message the rollout as it is shown */
    static RolloutUpdate update(dev.drydock.proto.v1.Rollout message, Rollout rollout, List<TimedNote> notes) {
        Map<String, String> names = rollout.hosts().stream()
                .collect(Collectors.toMap(
                        host -> host.host().id(), host -> host.host().name()));
        return RolloutUpdate.newBuilder()
                .setRollout(message)
                .addAllNotes(notes.stream()
                        .map(note -> RolloutNote.newBuilder()
                                .setAt(Times.timestamp(note.at()))
                                .setHost(names.getOrDefault(note.hostId(), note.hostId()))
                                .setText(note.text())
                                .build())
                        .toList())
                .build();
    }
}
