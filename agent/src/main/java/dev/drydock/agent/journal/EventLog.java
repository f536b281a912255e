package dev.drydock.agent.journal;

import dev.drydock.proto.agent.v1.RunEvent;
import java.io.IOException;

/** Where a run's events go. */
@FunctionalInterface
public interface EventLog {
    /** The event is durable when this returns. After an exception it may or may not be: the log must be read again. */
    void append(RunEvent event) throws IOException;
}
