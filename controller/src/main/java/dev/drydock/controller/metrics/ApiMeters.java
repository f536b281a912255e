package dev.drydock.controller.metrics;

import dev.drydock.controller.api.CallListener;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Calls of the API, by gRPC, REST or from pages. */
public final class ApiMeters implements CallListener {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final Meter.MeterProvider<Counter> calls;
    private final Timer took;

    public ApiMeters(Registry registry) {
        MeterRegistry meters = registry.meters();
        calls = Counter.builder("drydock.api.calls")
                .description("Calls of the API that have ended, by method and gRPC status.")
                .withRegistry(meters);
        took = Timer.builder("drydock.api.call.duration")
                .description(
                        "Calls of the API that answer once. Those that stream last as long as their client listens.")
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }

    @Override
    public void callEnded(String method, boolean stream, Status.Code code, Duration time) {
        calls.withTags("method", method, "status", Words.of(code)).increment();
        if (!stream) {
            took.record(time);
        }
    }
}
