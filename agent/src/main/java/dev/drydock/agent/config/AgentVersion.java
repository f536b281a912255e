package dev.drydock.agent.config;

import java.util.Optional;

/** The version of this program. */
public final class AgentVersion {
    private AgentVersion() {}

    /** As the build wrote it; {@code development} when run from classes. */
    public static String get() {
        return Optional.ofNullable(AgentVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
