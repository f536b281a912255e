package dev.drydock.controller;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, to be stopped in the opposite order. One that fails to stop does not keep the others from it. */
final class Closing implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Closing.class);

    private final Deque<Part> parts = new ArrayDeque<>();
    private boolean failed;

    /** @param name for the log */
    <T extends AutoCloseable> T add(String name, T part) {
        parts.push(new Part(name, part));
        return part;
    }

    /** @throws IllegalStateException after all were tried, when one failed; the log says why. A second call does nothing */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            close(parts.pop());
        }
        if (failed) {
            failed = false;
            throw new IllegalStateException("not everything could be stopped in order; the log says what");
        }
    }

    private void close(Part part) {
        try {
            part.what().close();
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            failed = true;
            log.error("stopping {} failed", part.name(), e);
        }
    }

    private record Part(String name, AutoCloseable what) {}
}
