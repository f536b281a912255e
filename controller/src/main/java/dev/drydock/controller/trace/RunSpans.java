package dev.drydock.controller.trace;

import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunStates;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What can be told of a run. Times up to the offer's sending, and from the result's arrival on, are the controller's; those
 * between are the host's. Pure.
 */
final class RunSpans {
    private RunSpans() {}

    /** The decision is made, until it is on record. */
    static RunSpan decision(Run offered, Instant durableAt) {
        return new RunSpan("decide", "decide", offered.offeredAt(), durableAt, about(offered), false);
    }

    /** From the decision until the offer was given to the agent's connection: how long the host was away. */
    static RunSpan offer(Instant offeredAt, Instant sentAt) {
        return new RunSpan("offer/" + sentAt, "offer", offeredAt, sentAt, Map.of(), false);
    }

    /** From the end on the host until the agent was told that all of it is durable. */
    static RunSpan report(Run run, Instant acknowledgedAt) {
        return new RunSpan("report", "report", run.endedAt().orElse(acknowledgedAt), acknowledgedAt, Map.of(), false);
    }

    /** Whether its end is final for now: the host has said all, or the controller does not wait for more. */
    static boolean complete(Run run, List<RunEvent> events) {
        return RunStates.ended(run.state())
                && (events.isEmpty()
                        || run.state() == RunState.LOST
                        || events.stream().anyMatch(RunEvent::hasResult));
    }

    /**
     * All of a run that has ended.
     *
     * @param events that are on record
     * @param sentAt when its offer was last sent, where this process did that
     * @param durableAt when its end was on record
     */
    static List<RunSpan> ended(Run run, List<RunEvent> events, Optional<Instant> sentAt, Instant durableAt) {
        List<RunSpan> spans = new ArrayList<>();
        spans.add(new RunSpan(
                RunSpan.ROOT,
                "run " + run.playbookName(),
                run.offeredAt(),
                durableAt,
                about(run),
                failed(run.state())));
        events.stream().filter(RunEvent::hasAccepted).findFirst().ifPresent(accepted -> {
            Instant journaled = StepSpans.instant(accepted.getAt());
            spans.add(new RunSpan("journal", "journal", sentAt.orElse(journaled), journaled, Map.of(), false));
            run.startedAt()
                    .ifPresent(began -> spans.add(new RunSpan("wait", "wait", journaled, began, Map.of(), false)));
        });
        spans.addAll(StepSpans.of(events));
        return spans;
    }

    private static boolean failed(RunState state) {
        return RunStates.failed(state);
    }

    private static Map<String, String> about(Run run) {
        return Map.of(
                "drydock.run.id", run.id(),
                "drydock.rollout.id", run.rolloutId(),
                "drydock.host.id", run.hostId(),
                "drydock.playbook.name", run.playbookName(),
                "drydock.playbook.version", String.valueOf(run.playbookVersion()),
                "drydock.window", run.windowName(),
                "drydock.run.state", run.state().name().toLowerCase(Locale.ROOT));
    }
}
