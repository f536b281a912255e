package dev.drydock.controller.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Sends spans to a collector, many at once, on a thread of its own. What cannot be sent is dropped in the end: traces are for
 * people who look, and the record is in the store. Spans are made by one thread.
 */
final class SpanExport implements AutoCloseable {
    private static final int QUEUE = 16_384;
    private static final int LONGEST_VALUE = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long CLOSING_SECONDS = 5;

    private final GivenIds ids = new GivenIds();
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /** @param every how long spans wait for others to go with them */
    SpanExport(OtlpEndpoint endpoint, String version, Duration every) {
        provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setResource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "drydock-controller",
                        AttributeKey.stringKey("service.version"),
                        version)))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxAttributeValueLength(LONGEST_VALUE)
                        .build())
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(endpoint.traces().toString())
                                .setCompression("gzip")
                                .setTimeout(PATIENCE)
                                .build())
                        .setMaxQueueSize(QUEUE)
                        .setScheduleDelay(every)
                        .build())
                .build();
        tracer = provider.get("dev.drydock.controller", version);
    }

    void add(String runId, RunSpan span) {
        String trace = RunIds.trace(runId);
        ids.next(trace, RunIds.span(runId, span.key()));
        SpanBuilder builder = tracer.spanBuilder(span.name()).setStartTimestamp(span.start());
        if (span.isRoot()) {
            builder.setNoParent();
        } else {
            builder.setParent(Context.root()
                    .with(Span.wrap(SpanContext.create(
                            trace,
                            RunIds.span(runId, RunSpan.ROOT),
                            TraceFlags.getSampled(),
                            TraceState.getDefault()))));
        }
        span.attributes().forEach(builder::setAttribute);
        Span made = builder.startSpan();
        if (span.failed()) {
            made.setStatus(StatusCode.ERROR);
        }
        made.end(span.end());
    }

    /** Sends what waits, for a few seconds. */
    @Override
    public void close() {
        provider.shutdown().join(CLOSING_SECONDS, TimeUnit.SECONDS);
    }
}
