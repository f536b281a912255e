package dev.drydock.cli.bootstrap;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is to become of a host.
 *
 * @param name in the fleet
 * @param labels that it gets when it enrols
 * @param controller where agents reach it, {@code HOST:PORT}
 * @param parcels agents that can be put there
 * @param enrolAnew it gives up an identity that this controller does not want
 * @param patience until the controller sees it
 * @param now by this machine's clock
 */
record Wanted(
        String name,
        Map<String, String> labels,
        String controller,
        List<Parcel> parcels,
        boolean enrolAnew,
        Duration patience,
        Instant now) {}
