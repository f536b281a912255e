package dev.drydock.controller.agents;

import dev.drydock.controller.agents.output.RunOutputFiles;
import dev.drydock.proto.agent.v1.Hello;
import dev.drydock.proto.agent.v1.OpenRun;
import io.grpc.Status;
import java.util.Optional;

/** Whether a Hello can be answered at all. Pure. */
final class Greeting {
    private static final int MAX_OPEN_RUNS = 1_000;
    private static final int MAX_INSTANCE_ID = 128;

    private Greeting() {}

    /** How the stream ends if it cannot; versions that have nothing in common are both named. */
    static Optional<Ending> refusal(Hello hello, AgentPlaneSettings settings) {
        if (hello.getProtocolMax() < settings.protocolMin() || hello.getProtocolMin() > settings.protocolMax()) {
            return Optional.of(Ending.comeBack(
                    Status.Code.FAILED_PRECONDITION,
                    "Agent " + hello.getAgentVersion() + " speaks protocol " + hello.getProtocolMin() + " to "
                            + hello.getProtocolMax() + ", controller " + settings.version() + " speaks "
                            + settings.protocolMin() + " to " + settings.protocolMax()
                            + ". Upgrade the older of the two.",
                    settings.retryLater()));
        }
        if (hello.getInstanceId().isEmpty() || hello.getInstanceId().length() > MAX_INSTANCE_ID) {
            return Optional.of(AgentSession.broken("Hello has an instance id of "
                    + hello.getInstanceId().length() + " characters; expected 1 to " + MAX_INSTANCE_ID + "."));
        }
        if (hello.getOpenRunsCount() > MAX_OPEN_RUNS) {
            return Optional.of(AgentSession.broken(
                    "Hello has " + hello.getOpenRunsCount() + " open runs; expected at most " + MAX_OPEN_RUNS + "."));
        }
        return hello.getOpenRunsList().stream()
                .filter(open -> !acceptable(open))
                .findFirst()
                .map(open -> AgentSession.broken("Hello has an open run with an id, sequence or size that cannot be."));
    }

    /** The highest version that both speak. */
    static int protocol(Hello hello, AgentPlaneSettings settings) {
        return Math.min(hello.getProtocolMax(), settings.protocolMax());
    }

    private static boolean acceptable(OpenRun open) {
        return RunOutputFiles.isRunId(open.getRunId()) && open.getLastSequence() >= 0 && open.getOutputSize() >= 0;
    }
}
