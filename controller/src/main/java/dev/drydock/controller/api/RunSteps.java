package dev.drydock.controller.api;

import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunResult;
import dev.drydock.proto.agent.v1.StepTransition;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run's events say of its steps. Pure. */
final class RunSteps {
    private RunSteps() {}

    /**
     * The newest transition of each step, in the order in which steps were first heard of. What that transition leaves empty is
     * taken from the ones before it: a step that was rolled back still says why it failed and what it had changed. The time
     * that it took is that of all its transitions, and so is its output.
     */
    static Collection<StepTransition> fold(List<RunEvent> events) {
        Map<Key, StepTransition> steps = new LinkedHashMap<>();
        for (RunEvent event : events) {
            if (event.hasStep()) {
                StepTransition step = event.getStep();
                steps.merge(new Key(step.getPhase(), step.getIndex()), step, RunSteps::over);
            }
        }
        return steps.values();
    }

    private static StepTransition over(StepTransition before, StepTransition now) {
        StepTransition.Builder merged = before.toBuilder();
        if (now.getChangesCount() > 0) {
            merged.clearChanges();
        }
        if (now.getBaselineCount() > 0) {
            merged.clearBaseline();
        }
        if (now.getEvidenceCount() > 0) {
            merged.clearEvidence();
        }
        if (now.hasUndo()) {
            merged.clearUndo();
        }
        merged.mergeFrom(now);
        if (before.hasTook() && now.hasTook()) {
            merged.setTook(Times.duration(took(before).plus(took(now))));
        }
        if (before.getOutputTo() > 0) {
            merged.setOutputFrom(before.getOutputFrom());
        }
        return merged.build();
    }

    private static Duration took(StepTransition step) {
        return Duration.ofSeconds(step.getTook().getSeconds(), step.getTook().getNanos());
    }

    /** The result, once the run has one. */
    static Optional<RunResult> result(List<RunEvent> events) {
        return events.stream()
                .filter(RunEvent::hasResult)
                .map(RunEvent::getResult)
                .reduce((first, last) -> last);
    }

    /** How many bytes of output the steps say that they wrote. */
    static long outputEnd(List<RunEvent> events) {
        return events.stream()
                .filter(RunEvent::hasStep)
                .mapToLong(event -> event.getStep().getOutputTo())
                .max()
                .orElse(0);
    }

    private record Key(StepTransition.Phase phase, int index) {}
}
