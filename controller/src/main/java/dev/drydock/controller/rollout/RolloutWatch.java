package dev.drydock.controller.rollout;

/** An interest in a rollout. */
public interface RolloutWatch extends AutoCloseable {
    /** No call begins after it returned, but one that has begun may still be under way. May be called twice, and by the listener. */
    @Override
    void close();
}
