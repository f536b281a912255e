package dev.drydock.controller.run;

/** Told after a change of a run is durable, in the order of that run's events. Must return quickly and not throw. */
@FunctionalInterface
public interface RunListener {
    void runChanged(Run run);
}
