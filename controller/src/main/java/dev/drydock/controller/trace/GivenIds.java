package dev.drydock.controller.trace;

import io.opentelemetry.sdk.trace.IdGenerator;

/** Gives the ids that were said to be next. Of the one thread that makes spans. */
final class GivenIds implements IdGenerator {
    private String trace = "";
    private String span = "";

    void next(String traceId, String spanId) {
        trace = traceId;
        span = spanId;
    }

    @Override
    public String generateTraceId() {
        return trace;
    }

    @Override
    public String generateSpanId() {
        return span;
    }
}
