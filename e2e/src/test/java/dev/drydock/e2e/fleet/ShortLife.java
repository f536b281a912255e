package dev.drydock.e2e.fleet;

import dev.drydock.e2e.lab.LabHost;

/** For a controller that lives for a minute or two: what the optimizing compiler and more collectors take is not had back. */
public final class ShortLife {
    public static final String OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private ShortLife() {}

    /** The controller that is going to be installed on this host as a service. A host without one is left without a trace of it. */
    public static void ofControllerOn(LabHost host) {
        host.put(
                "/etc/systemd/system/drydock-controller.service.d/lab.conf",
                "[Service]\nEnvironment=\"DRYDOCK_JAVA_OPTS=" + OPTIONS + "\"\n",
                0644);
    }
}
