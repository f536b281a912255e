package dev.drydock.controller.trace;

import com.google.protobuf.Timestamp;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The steps of a run, as its events tell of them: each from its first to its last event, and its way back by itself. Pure. */
final class StepSpans {
    private StepSpans() {}

    static List<RunSpan> of(List<RunEvent> events) {
        Map<String, Step> steps = new LinkedHashMap<>();
        for (RunEvent event : events) {
            if (event.hasStep() && event.getStep().getState() != StepState.PENDING) {
                StepTransition step = event.getStep();
                String key = (back(step.getState()) ? "back/" : "step/") + phase(step) + "/" + step.getIndex();
                Instant at = instant(event.getAt());
                steps.merge(
                        key, new Step(at, at, step), (before, now) -> new Step(before.from(), now.to(), now.last()));
            }
        }
        List<RunSpan> spans = new ArrayList<>();
        steps.forEach((key, step) -> spans.add(span(key, step)));
        return spans;
    }

    private static RunSpan span(String key, Step step) {
        StepTransition last = step.last();
        return new RunSpan(
                key,
                (back(last.getState()) ? "roll back " : "") + last.getAction(),
                step.from(),
                step.to(),
                Map.of(
                        "drydock.step.name", last.getName(),
                        "drydock.step.index", String.valueOf(last.getIndex()),
                        "drydock.step.phase", phase(last),
                        "drydock.step.state", word(last.getState())),
                last.getState() == StepState.FAILED || last.getState() == StepState.STEP_ROLLBACK_FAILED);
    }

    private static boolean back(StepState state) {
        return switch (state) {
            case STEP_ROLLING_BACK, STEP_ROLLED_BACK, STEP_ROLLBACK_FAILED -> true;
            default -> false;
        };
    }

    private static String phase(StepTransition step) {
        return step.getPhase().name().replaceFirst("^PHASE_", "").toLowerCase(Locale.ROOT);
    }

    private static String word(StepState state) {
        return state.name().replaceFirst("^STEP_", "").toLowerCase(Locale.ROOT);
    }

    static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    private record Step(Instant from, Instant to, StepTransition last) {}
}
