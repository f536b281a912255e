package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.rollout.Rollouts;
import dev.drydock.controller.run.Run;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs as messages, with the names of their hosts and rollouts. Looks each name up once: for one answer, one thread. */
final class RunMapper {
    private final HostDirectory hosts;
    private final Rollouts rollouts;
    private final Map<String, String> hostNames = new HashMap<>();
    private final Map<String, String> rolloutNames = new HashMap<>();

    RunMapper(HostDirectory hosts, Rollouts rollouts) {
        this.hosts = hosts;
        this.rollouts = rollouts;
    }

    /** As in lists: without steps and result. */
    dev.drydock.proto.v1.Run.Builder summary(Run run) {
        dev.drydock.proto.v1.Run.Builder message = dev.drydock.proto.v1.Run.newBuilder()
                .setId(run.id())
                .setRollout(rolloutNames.computeIfAbsent(
                        run.rolloutId(), id -> rollouts.name(id).orElse(id)))
                .setHost(hostNames.computeIfAbsent(
                        run.hostId(), id -> hosts.find(id).map(HostView::name).orElse(id)))
                .setPlaybook(run.playbookName() + "@" + run.playbookVersion())
                .setPlaybookDigest(run.playbookDigest())
                .setState(run.state())
                .setReason(run.reason())
                .setOfferedAt(Times.timestamp(run.offeredAt()))
                .setWindowCloses(Times.timestamp(run.windowCloses()))
                .setLastSequence(run.lastSequence());
        Times.timestamp(run.startedAt(), message::setStartedAt);
        Times.timestamp(run.endedAt(), message::setEndedAt);
        return message;
    }

    dev.drydock.proto.v1.Run whole(Run run, List<RunEvent> events) {
        dev.drydock.proto.v1.Run.Builder message = summary(run).addAllSteps(RunSteps.fold(events));
        RunSteps.result(events).ifPresent(message::setResult);
        return message.build();
    }

    /**
     * For reports over many runs: steps without what only serves to mend one host (the way back's data, baselines, and output of
     * steps that went well), so that the answer stays within what a client takes.
     */
    dev.drydock.proto.v1.Run reported(Run run, List<RunEvent> events) {
        dev.drydock.proto.v1.Run.Builder message = whole(run, events).toBuilder();
        for (StepTransition.Builder step : message.getStepsBuilderList()) {
            step.clearUndo().clearBaseline();
            if (step.getState() != StepState.FAILED
                    && step.getState() != StepState.STEP_ROLLBACK_FAILED
                    && step.getExitCode() == 0) {
                step.clearTail();
            }
        }
        return message.build();
    }
}
