package dev.drydock.bench;

import dev.drydock.bench.report.Section;

/** Measures one thing. Ends what it started and removes what it wrote, whatever happens. */
@FunctionalInterface
public interface Probe {
    /** @throws BenchException when something expected did not happen in its time */
    Section run(Settings settings) throws InterruptedException;
}
