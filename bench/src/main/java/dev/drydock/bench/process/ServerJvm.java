package dev.drydock.bench.process;

import java.util.List;

/**
 * The flags of every measured server: the same for the bare one and the controller, or they could not be compared. As far as they
 * say how memory is used, those of the packed controller's launcher.
 */
public final class ServerJvm {
    public static final List<String> FLAGS = List.of(
            "-Xms64m",
            "-Xmx1g",
            "-XX:+UseG1GC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=30",
            "-XX:G1PeriodicGCInterval=60000",
            "-XX:InitiatingHeapOccupancyPercent=80",
            "-XX:-G1UseAdaptiveIHOP");

    private ServerJvm() {}
}
