package dev.drydock.controller.agents;

import dev.drydock.controller.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who want to know what goes over agents' streams. */
final class TrafficListeners implements TrafficListener {
    private final List<TrafficListener> listeners = new CopyOnWriteArrayList<>();

    void add(TrafficListener listener) {
        listeners.add(listener);
    }

    @Override
    public void heartbeat() {
        listeners.forEach(TrafficListener::heartbeat);
    }

    @Override
    public void offerSent(String runId, Instant offeredAt, Instant sentAt) {
        listeners.forEach(listener -> listener.offerSent(runId, offeredAt, sentAt));
    }

    @Override
    public void offerAnswered(String runId, boolean accepted) {
        listeners.forEach(listener -> listener.offerAnswered(runId, accepted));
    }

    @Override
    public void resultAcknowledged(Run run, Instant at) {
        listeners.forEach(listener -> listener.resultAcknowledged(run, at));
    }
}
