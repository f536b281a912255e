package dev.drydock.agent.session;

import dev.drydock.proto.agent.v1.AgentMessage;

/** The stream of one connection, as the conversation on it sees it. Used by the session's thread alone. */
interface Wire {
    /** Whether a message goes out without being kept in memory for long. */
    boolean isReady();

    void send(AgentMessage message);

    /** The message that came last was handled: let the next one in. */
    void receiveNext();
}
