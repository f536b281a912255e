package dev.drydock.controller.store;

import java.time.Duration;

/** Told by the writer's thread after each commit: must return at once and not throw. */
public interface CommitListener {
    /** Of a store that nobody listens to. */
    CommitListener NONE = (writes, took, committed) -> {};

    /**
     * @param writes that went into it together
     * @param committed whether it is on disk; else none of its writes is
     */
    void commitEnded(int writes, Duration took, boolean committed);
}
