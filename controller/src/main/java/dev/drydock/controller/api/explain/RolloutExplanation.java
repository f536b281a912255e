package dev.drydock.controller.api.explain;

import com.google.protobuf.util.Timestamps;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Exclusion;
import dev.drydock.proto.v1.ExplainedKind;
import dev.drydock.proto.v1.Explanation;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Why a rollout stands where it stands, and each of its hosts. Pure. */
public final class RolloutExplanation {
    private RolloutExplanation() {}

    /** @param rollout as the caller may see it, with its waves */
    public static Explanation of(Rollout rollout) {
        String name = rollout.getSpec().getName();
        Answer answer = new Answer(
                ExplainedKind.EXPLAINED_ROLLOUT,
                name,
                "Rollout " + name + " " + standing(rollout) + Words.because(rollout.getReason()) + ".");
        history(rollout, answer);
        List<HostRun> hosts = rollout.getWavesList().stream()
                .flatMap(wave -> wave.getHostsList().stream())
                .toList();
        hosts(hosts, answer);
        leftOut(rollout, answer);
        next(rollout, hosts, answer);
        return answer.done();
    }

    private static String standing(Rollout rollout) {
        return switch (rollout.getState()) {
            case SCHEDULED -> "waits for its window";
            case RUNNING -> "is running";
            case SOAKING -> "waits after a wave before it begins the next";
            case AWAITING_APPROVAL -> "waits for a second person's approval";
            case PAUSED -> "is paused: it starts nothing until it is resumed";
            case STOPPING -> "starts nothing more, and waits for what runs";
            case COMPLETED -> "is complete";
            case COMPLETED_WITH_FAILURES -> "is complete, but not every host was patched";
            case STOPPED -> "stopped before every host was done";
            case ABORTED -> "was aborted";
            case ROLLOUT_STATE_UNSPECIFIED, UNRECOGNIZED -> "is in a state that this controller does not know";
        };
    }

    private static void history(Rollout rollout, Answer answer) {
        String when = rollout.getSpec().getEmergency().isEmpty()
                ? " for window " + rollout.getSpec().getWindow()
                : " as an emergency: " + rollout.getSpec().getEmergency();
        answer.happened(
                rollout.getCreatedAt(),
                rollout.getCreatedBy() + " made it with playbook "
                        + rollout.getSpec().getPlaybook() + when);
        rollout.getApprovalsList()
                .forEach(approval -> answer.happened(
                        approval.getAt(),
                        approval.getBy() + " approved wave " + approval.getWave()
                                + Words.because(approval.getComment())));
        if (rollout.hasStartedAt()) {
            answer.happened(rollout.getStartedAt(), "it began");
        }
        if (rollout.hasEndedAt()) {
            answer.happened(rollout.getEndedAt(), "it ended" + Words.because(rollout.getReason()));
        }
    }

    private static void hosts(List<HostRun> hosts, Answer answer) {
        record Cause(RunState state, String reason) {}
        Map<Cause, List<String>> groups = new TreeMap<>((one, other) -> one.state() == other.state()
                ? one.reason().compareTo(other.reason())
                : one.state().compareTo(other.state()));
        hosts.forEach(
                host -> groups.computeIfAbsent(new Cause(host.getState(), host.getReason()), any -> new ArrayList<>())
                        .add(host.getHost()));
        groups.forEach((cause, names) -> answer.holds(
                Words.each(names.size()) + " " + Words.of(cause.state()) + Words.because(cause.reason()), names));
    }

    private static void leftOut(Rollout rollout, Answer answer) {
        Map<String, List<String>> reasons = new TreeMap<>();
        for (Exclusion exclusion : rollout.getNotIncludedList()) {
            reasons.computeIfAbsent(exclusion.getReason(), any -> new ArrayList<>())
                    .add(exclusion.getHost());
        }
        reasons.forEach((reason, names) -> answer.holds(
                Words.hosts(names.size()) + " that the selector gives, but that the rollout leaves out: " + reason,
                names));
    }

    private static void next(Rollout rollout, List<HostRun> hosts, Answer answer) {
        String name = rollout.getSpec().getName();
        hosts.stream()
                .filter(host -> host.getState() == RunState.ROLLBACK_FAILED)
                .findFirst()
                .ifPresent(host -> answer.next(
                        "Look at host " + host.getHost() + " first: it could not be put back.",
                        "drydock explain " + host.getRunId()));
        switch (rollout.getState()) {
            case SCHEDULED -> scheduled(rollout, answer);
            case AWAITING_APPROVAL -> approve(rollout, answer);
            case SOAKING ->
                answer.next(
                        "Nothing is to be done: the next wave begins at " + Timestamps.toString(rollout.getSoakUntil())
                                + ", if the window is open then.",
                        "drydock rollout watch " + name);
            case RUNNING -> answer.next("Watch it.", "drydock rollout watch " + name);
            case PAUSED -> answer.next("Let it go on, or end it.", "drydock rollout resume " + name);
            case COMPLETED_WITH_FAILURES, STOPPED -> {
                hosts.stream()
                        .filter(host ->
                                failed(host.getState()) && !host.getRunId().isEmpty())
                        .findFirst()
                        .ifPresent(host -> answer.next(
                                "See why " + host.getHost() + " was not patched.",
                                "drydock explain " + host.getRunId()));
                answer.next("Try again what ended badly, once its cause is mended.", "drydock rollout retry " + name);
            }
            case STOPPING, COMPLETED, ABORTED, ROLLOUT_STATE_UNSPECIFIED, UNRECOGNIZED -> {}
        }
    }

    private static void scheduled(Rollout rollout, Answer answer) {
        if (rollout.getUnapprovedWave() > 0 && rollout.getUnapprovedWave() <= Math.max(1, rollout.getCurrentWave())) {
            approve(rollout, answer);
        }
        if (rollout.getSpec().getWindow().isEmpty()) {
            return;
        }
        answer.next(
                rollout.hasOpening()
                        ? "Nothing starts before the window opens at "
                                + Timestamps.toString(rollout.getOpening().getOpens()) + "."
                        : "The window has no opening that could be used: see what takes them.",
                "drydock window next " + rollout.getSpec().getWindow());
    }

    private static void approve(Rollout rollout, Answer answer) {
        answer.next(
                "Somebody with the role approver, and not " + rollout.getCreatedBy() + " who made it, approves wave "
                        + rollout.getUnapprovedWave() + ".",
                "drydock rollout approve " + rollout.getSpec().getName());
    }

    private static boolean failed(RunState state) {
        return switch (state) {
            case ROLLED_BACK, ROLLBACK_FAILED, REFUSED, EXPIRED, LOST -> true;
            default -> false;
        };
    }
}
