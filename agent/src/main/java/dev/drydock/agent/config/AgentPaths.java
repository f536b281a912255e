package dev.drydock.agent.config;

import java.nio.file.Path;

/**
 * Where the agent keeps things.
 *
 * @param data the agent's own directory: absolute
 * @param config what the host's operator decides: absolute
 */
public record AgentPaths(Path data, Path config) {
    public static final String DEFAULT_DATA = "/var/lib/drydock-agent";
    public static final String DEFAULT_CONFIG = "/etc/drydock";

    public AgentPaths {
        data = data.toAbsolutePath().normalize();
        config = config.toAbsolutePath().normalize();
    }

    public Path identity() {
        return data.resolve("identity");
    }

    public Path playbooks() {
        return data.resolve("playbooks");
    }

    public Path status() {
        return data.resolve("status.json");
    }

    public Path lock() {
        return data.resolve("agent.lock");
    }

    public Path policy() {
        return config.resolve("policy.yaml");
    }
}
