package dev.drydock.controller.metrics;

import dev.drydock.controller.agents.TrafficListener;
import dev.drydock.controller.run.Run;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;

/** What goes over agents' streams. */
public final class TrafficMeters implements TrafficListener {
    private final Counter heartbeats;
    private final Counter sent;
    private final Counter accepted;
    private final Counter refused;
    private final Counter acknowledged;

    public TrafficMeters(Registry registry) {
        MeterRegistry meters = registry.meters();
        heartbeats = Counter.builder("drydock.agent.heartbeats")
                .description("Signs of life from agents.")
                .register(meters);
        sent = Counter.builder("drydock.offers.sent")
                .description("Offers of runs given to agents; one that was not answered is sent again.")
                .register(meters);
        accepted = answers(meters, "accepted");
        refused = answers(meters, "refused");
        acknowledged = Counter.builder("drydock.results.acknowledged")
                .description("Acknowledgements to agents that all of an ended run is durable.")
                .register(meters);
    }

    private static Counter answers(MeterRegistry meters, String answer) {
        return Counter.builder("drydock.offers.answered")
                .description("Answers of agents to offers: accepted is in the host's journal.")
                .tag("answer", answer)
                .register(meters);
    }

    @Override
    public void heartbeat() {
        heartbeats.increment();
    }

    @Override
    public void offerSent(String runId, Instant offeredAt, Instant sentAt) {
        sent.increment();
    }

    @Override
    public void offerAnswered(String runId, boolean took) {
        (took ? accepted : refused).increment();
    }

    @Override
    public void resultAcknowledged(Run run, Instant at) {
        acknowledged.increment();
    }
}
