package dev.drydock.controller.agents.session;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the order of messages, breaks, failures and restores: stored once, in order, and never acknowledged too early. */
final class SessionCoreProperties {
    @Property(tries = 3_000)
    void everythingArrivesExactlyOnceInAnyOrderOfThings(@ForAll long seed) {
        DeliverySimulation simulation = new DeliverySimulation(seed);
        for (int step = 0; step < 120; step++) {
            simulation.step();
        }
        simulation.finish();
    }
}
