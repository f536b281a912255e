package dev.drydock.agent.facts;

import dev.drydock.proto.facts.v1.Host;

/** The facts of this host, without what only the controller knows (id, name, labels). Safe for use by several threads. */
public interface HostFacts {
    /** As last gathered; gathers them first when they never were. Changes nothing on the host. */
    Host current() throws InterruptedException;

    /**
     * Gathers them again. What cannot be read is left out and logged; the rest is still told.
     *
     * @param refreshLists has the package manager read its archives' lists first; when that fails the old lists count
     */
    Host gather(boolean refreshLists) throws InterruptedException;

    /** Lower-case hex SHA-256 over the deterministic serialization: equal facts have equal digests. */
    static String digest(Host facts) {
        return FactsDigest.of(facts);
    }
}
