package dev.drydock.controller.trace;

import static dev.drydock.controller.run.Runs.NOON;
import static dev.drydock.controller.run.Runs.offered;
import static dev.drydock.controller.trace.RunSpansTest.ROLLED_BACK;
import static dev.drydock.controller.trace.RunSpansTest.after;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.SampleRollouts;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunProjection;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a collector that takes what is sent and reads it with OpenTelemetry's own definition. */
final class RunTracerTest {
    private static final Instant LATER = NOON.plusSeconds(60);

    private Collector collector;

    @BeforeEach
    void collect() throws Exception {
        collector = new Collector();
    }

    @AfterEach
    void close() {
        collector.close();
    }

    private RunTracer tracer(List<RunEvent> onRecord) {
        return new RunTracer(collector.endpoint(), "1.2.3", run -> onRecord, () -> LATER);
    }

    private Span named(String name) {
        return collector.spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Test
    void aRunIsOneTraceFromDecisionToAcknowledgement() {
        Run run = offered("r-1", "h-1");
        Run ended = after(ROLLED_BACK);
        try (RunTracer tracer = tracer(ROLLED_BACK)) {
            Rollout rollout = SampleRollouts.planned(1);
            tracer.decided(rollout, rollout, List.of(run), 0, NOON.plusMillis(5));
            tracer.offerSent("r-1", NOON, NOON.plusMillis(200));
            tracer.offerAnswered("r-1", true);
            tracer.runChanged(ended);
            tracer.runChanged(ended);
            tracer.resultAcknowledged(ended, LATER);
        }
        assertThat(collector.problems).isEmpty();
        assertThat(collector.resources.getFirst().getAttributesList())
                .anyMatch(attribute -> attribute.getKey().equals("service.name")
                        && attribute.getValue().getStringValue().equals("drydock-controller"));
        assertThat(collector.spans)
                .extracting(Span::getName)
                .containsExactlyInAnyOrder(
                        "decide",
                        "offer",
                        "run web-monthly",
                        "journal",
                        "wait",
                        "command.run",
                        "command.run",
                        "roll back command.run",
                        "report");
        Span root = named("run web-monthly");
        assertThat(root.getParentSpanId().isEmpty()).isTrue();
        assertThat(root.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(root.getStartTimeUnixNano()).isEqualTo(NOON.getEpochSecond() * 1_000_000_000L);
        assertThat(root.getEndTimeUnixNano()).isEqualTo(LATER.getEpochSecond() * 1_000_000_000L);
        assertThat(collector.spans).allSatisfy(span -> {
            assertThat(hex(span.getTraceId())).isEqualTo(RunIds.trace("r-1"));
            if (!span.equals(root)) {
                assertThat(span.getParentSpanId()).isEqualTo(root.getSpanId());
            }
        });
        assertThat(collector.spans.stream().map(Span::getSpanId)).doesNotHaveDuplicates();
    }

    @Test
    void aControllerThatWasRestartedGoesOnWithTheTrace() {
        Run run = offered("r-1", "h-1");
        try (RunTracer first = tracer(List.of())) {
            Rollout rollout = SampleRollouts.planned(1);
            first.decided(rollout, rollout, List.of(run), 0, NOON);
        }
        try (RunTracer second = tracer(ROLLED_BACK)) {
            second.runChanged(after(ROLLED_BACK));
        }
        Span root = named("run web-monthly");
        assertThat(named("decide").getTraceId()).isEqualTo(root.getTraceId());
        assertThat(named("decide").getParentSpanId()).isEqualTo(root.getSpanId());
    }

    @Test
    void aRunThatNoHostTookIsTold() {
        Run expired = RunProjection.conclude(offered("r-2", "h-1"), RunState.EXPIRED, "away", NOON.plusSeconds(9));
        try (RunTracer tracer = tracer(List.of())) {
            tracer.runChanged(expired);
        }
        assertThat(collector.spans).hasSize(1);
        assertThat(collector.spans.getFirst().getAttributesList())
                .anyMatch(attribute -> attribute.getKey().equals("drydock.run.state")
                        && attribute.getValue().getStringValue().equals("expired"));
    }

    @Test
    void whatIsStillUnderWayIsNotToldYet() {
        try (RunTracer tracer = tracer(ROLLED_BACK.subList(0, 8))) {
            tracer.runChanged(after(ROLLED_BACK.subList(0, 8)));
        }
        assertThat(collector.spans).isEmpty();
    }

    @Test
    void aRecordThatCannotBeReadEndsNothing() {
        try (RunTracer tracer = new RunTracer(
                collector.endpoint(),
                "1.2.3",
                run -> {
                    throw new IllegalStateException("no database");
                },
                () -> LATER)) {
            tracer.runChanged(after(ROLLED_BACK));
            tracer.offerSent("r-1", NOON, NOON);
        }
        assertThat(collector.spans).extracting(Span::getName).containsExactly("offer");
    }
}
