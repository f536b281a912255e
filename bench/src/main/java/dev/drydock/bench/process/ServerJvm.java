package dev.drydock.bench.process;

import java.util.List;

/** The flags of every measured server: the same for the bare one and the controller, or they could not be compared. */
public final class ServerJvm {
    public static final List<String> FLAGS = List.of("-Xms64m", "-Xmx1g", "-XX:+UseG1GC");

    private ServerJvm() {}
}
