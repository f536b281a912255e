package dev.drydock.agent.action;

import java.time.Duration;

/** Waits between two looks at something that changes by itself. */
interface Pause {
    void of(Duration duration) throws InterruptedException;
}
