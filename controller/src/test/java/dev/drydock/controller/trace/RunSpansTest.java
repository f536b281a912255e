package dev.drydock.controller.trace;

import static dev.drydock.controller.run.Runs.NOON;
import static dev.drydock.controller.run.Runs.accepted;
import static dev.drydock.controller.run.Runs.offered;
import static dev.drydock.controller.run.Runs.result;
import static dev.drydock.controller.run.Runs.transition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunProjection;
import dev.drydock.controller.run.Runs;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RunSpansTest {
    private static final String SECRET = "hunter2";

    static RunEvent step(long sequence, int index, StepState state) {
        RunEvent.Builder event = Runs.step(sequence, index, "Step " + index, state).toBuilder();
        event.getStepBuilder().setAction("command.run").setTail(SECRET).setReason(SECRET);
        return event.build();
    }

    static final List<RunEvent> ROLLED_BACK = List.of(
            accepted(),
            transition(2, RunState.ACCEPTED, RunState.PREFLIGHT),
            transition(3, RunState.PREFLIGHT, RunState.RUNNING),
            step(4, 0, StepState.PENDING),
            step(5, 0, StepState.PREPARING),
            step(6, 0, StepState.APPLYING),
            step(7, 0, StepState.APPLIED),
            step(8, 1, StepState.PREPARING),
            step(9, 1, StepState.FAILED),
            transition(10, RunState.RUNNING, RunState.ROLLING_BACK),
            step(11, 0, StepState.STEP_ROLLING_BACK),
            step(12, 0, StepState.STEP_ROLLED_BACK),
            result(13, RunState.ROLLED_BACK, SECRET));

    static Run after(List<RunEvent> events) {
        Run run = offered("r-1", "h-1");
        for (RunEvent event : events) {
            run = RunProjection.apply(run, event);
        }
        return run;
    }

    private static Instant at(int seconds) {
        return NOON.plusSeconds(seconds);
    }

    @Test
    void aRunIsToldFromOfferToResult() {
        var spans = RunSpans.ended(after(ROLLED_BACK), ROLLED_BACK, Optional.of(NOON), at(20)).stream()
                .collect(Collectors.toMap(RunSpan::key, Function.identity()));
        assertThat(spans).containsOnlyKeys("run", "journal", "wait", "step/steps/0", "step/steps/1", "back/steps/0");
        assertThat(named(spans, "run")).satisfies(root -> {
            assertThat(root.name()).isEqualTo("run web-monthly");
            assertThat(root.start()).isEqualTo(NOON);
            assertThat(root.end()).isEqualTo(at(20));
            assertThat(root.failed()).isTrue();
            assertThat(root.attributes()).containsEntry("drydock.run.state", "rolled_back");
        });
        assertThat(named(spans, "journal")).satisfies(span -> {
            assertThat(span.start()).isEqualTo(NOON);
            assertThat(span.end()).isEqualTo(at(1));
        });
        assertThat(named(spans, "wait").end()).isEqualTo(at(2));
        assertThat(named(spans, "step/steps/0")).satisfies(span -> {
            assertThat(span.name()).isEqualTo("command.run");
            assertThat(span.start()).as("when it began, not when it was listed").isEqualTo(at(5));
            assertThat(span.end()).isEqualTo(at(7));
            assertThat(span.failed()).isFalse();
            assertThat(span.attributes()).containsEntry("drydock.step.state", "applied");
        });
        assertThat(named(spans, "step/steps/1").failed()).isTrue();
        assertThat(named(spans, "back/steps/0")).satisfies(span -> {
            assertThat(span.name()).isEqualTo("roll back command.run");
            assertThat(span.start()).isEqualTo(at(11));
            assertThat(span.end()).isEqualTo(at(12));
            assertThat(span.failed()).isFalse();
        });
    }

    private static RunSpan named(Map<String, RunSpan> spans, String key) {
        return Objects.requireNonNull(spans.get(key), key);
    }

    @Test
    void nothingThatAStepSaidIsInATrace() {
        assertThat(RunSpans.ended(after(ROLLED_BACK), ROLLED_BACK, Optional.empty(), at(20)))
                .allSatisfy(span -> assertThat(span.toString()).doesNotContain(SECRET));
    }

    @Test
    void anEndIsToldWhenAllOfItIsThere() {
        List<RunEvent> cut = ROLLED_BACK.subList(0, 10);
        assertThat(RunSpans.complete(after(cut), cut)).isFalse();
        assertThat(RunSpans.complete(after(ROLLED_BACK), ROLLED_BACK)).isTrue();
        Run refused = RunProjection.conclude(offered("r-1", "h-1"), RunState.REFUSED, "policy", at(3));
        assertThat(RunSpans.complete(refused, List.of())).isTrue();
        Run lost = RunProjection.conclude(after(cut), RunState.LOST, "silent", at(30));
        assertThat(RunSpans.complete(lost, cut)).isTrue();
    }

    /** Whatever a host says, in whatever order, at whatever time. */
    @Property(tries = 300)
    void spansAreUniqueAndDoNotEndBeforeTheyStart(
            @ForAll @Size(max = 40) List<@IntRange(max = 14) Integer> states,
            @ForAll @IntRange(min = -500, max = 500) int sent) {
        List<RunEvent> events = new ArrayList<>(List.of(accepted()));
        for (int state : states) {
            events.add(step(events.size() + 1, state % 3, StepState.forNumber(state)));
        }
        events.add(result(events.size() + 1, RunState.SUCCEEDED, ""));
        Set<String> keys = new HashSet<>();
        for (RunSpan span : RunSpans.ended(after(events), events, Optional.of(at(sent)), at(-3))) {
            assertThat(keys.add(span.key())).as(span.key()).isTrue();
            assertThat(span.end()).isAfterOrEqualTo(span.start());
            assertThat(span.attributes()).hasSizeLessThan(10);
        }
        assertThat(keys).contains(RunSpan.ROOT, "journal");
    }
}
