package dev.drydock.controller.agents.session;

import com.google.protobuf.ByteString;
import dev.drydock.controller.run.Run;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import java.util.List;

/** What follows from a message or from news of the store. */
public sealed interface SessionCommand {
    /** Tell the agent. */
    record Send(ControllerMessage message) implements SessionCommand {}

    /** Make these events durable, then say so to {@link SessionCore#eventsDurable}. */
    record Append(String runId, List<RunEvent> events) implements SessionCommand {}

    /** As {@link Append}, of a run that is not on record. */
    record Adopt(Run run, List<RunEvent> events) implements SessionCommand {}

    /** Make this output durable, then say so to {@link SessionCore#outputDurable}. */
    record WriteOutput(String runId, long offset, ByteString data) implements SessionCommand {}

    /** End a run that the agent does not have. */
    record Conclude(String runId, RunState state, String reason) implements SessionCommand {}

    /** Have the agent come back, so that Welcome tells it what is durable and it sends again from there. */
    record Resynchronize(String reason) implements SessionCommand {}

    /** The agent broke the protocol: end the stream. */
    record Reject(String reason) implements SessionCommand {}

    /** Nothing to do, but a person should know. */
    record Warn(String what) implements SessionCommand {}
}
