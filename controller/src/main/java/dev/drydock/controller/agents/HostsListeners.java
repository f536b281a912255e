package dev.drydock.controller.agents;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who want to know that hosts changed. One that throws does not stop the others. */
final class HostsListeners {
    private static final Logger log = LoggerFactory.getLogger(HostsListeners.class);

    private final List<HostsListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger told = new AtomicInteger();

    void add(HostsListener listener) {
        listeners.add(listener);
    }

    /** Another number whenever something was told. */
    int told() {
        return told.get();
    }

    void tell() {
        told.incrementAndGet();
        for (HostsListener listener : listeners) {
            try {
                listener.hostsChanged();
            } catch (RuntimeException e) {
                log.error("a listener failed on a change of hosts", e);
            }
        }
    }
}
