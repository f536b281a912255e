package dev.drydock.agent;

import dev.drydock.agent.config.AgentPaths;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the agent's things lie. */
final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = AgentPaths.DEFAULT_DATA,
            description = "The agent's own directory: identity, journals, kept packages. Default: ${DEFAULT-VALUE}.")
    Path data = Path.of(AgentPaths.DEFAULT_DATA);

    @Option(
            names = "--config",
            paramLabel = "DIR",
            defaultValue = AgentPaths.DEFAULT_CONFIG,
            description = "Where this host's policy.yaml is looked for. Default: ${DEFAULT-VALUE}.")
    Path config = Path.of(AgentPaths.DEFAULT_CONFIG);

    AgentPaths paths() {
        return new AgentPaths(data, config);
    }
}
