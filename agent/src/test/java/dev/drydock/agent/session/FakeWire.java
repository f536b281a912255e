package dev.drydock.agent.session;

import dev.drydock.proto.agent.v1.AgentMessage;
import java.util.ArrayList;
import java.util.List;

/** A stream that keeps what is sent, and is ready for so many messages more. */
final class FakeWire implements Wire {
    final List<AgentMessage> sent = new ArrayList<>();
    int room = Integer.MAX_VALUE;
    int letIn;

    @Override
    public boolean isReady() {
        return room > 0;
    }

    @Override
    public void send(AgentMessage message) {
        sent.add(message);
        room--;
    }

    @Override
    public void receiveNext() {
        letIn++;
    }
}
