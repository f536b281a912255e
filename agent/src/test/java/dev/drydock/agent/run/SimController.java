package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.agent.v1.RunEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * What a controller has of one run, at the other end of a line that can be cut. What the agent has no acknowledgement for it
 * sends again; the controller says at each new connection what it has.
 */
final class SimController {
    private final List<RunEvent> durable = new ArrayList<>();
    private long acked;
    private boolean cut;
    private int sentAgain;

    /** @param journal what is durable at the agent */
    void hear(List<RunEvent> journal) {
        if (cut) {
            return;
        }
        for (RunEvent event : journal.subList((int) acked, journal.size())) {
            if (event.getSequence() <= durable.size()) {
                sentAgain++;
                assertThat(event)
                        .as("what is sent again is what was sent")
                        .isEqualTo(durable.get((int) event.getSequence() - 1));
            } else {
                assertThat(event.getSequence()).as("no gap").isEqualTo(durable.size() + 1L);
                durable.add(event);
            }
        }
        acked = durable.size();
    }

    /** The next acknowledgement is lost with the line. */
    void cut() {
        cut = true;
        acked = Math.max(0, durable.size() - 1);
    }

    void connect(List<RunEvent> journal) {
        cut = false;
        hear(journal);
    }

    /** An agent that comes back remembers no acknowledgement. */
    void agentIsGone() {
        acked = 0;
    }

    boolean reachable() {
        return !cut;
    }

    List<RunEvent> durable() {
        return List.copyOf(durable);
    }

    int sentAgain() {
        return sentAgain;
    }
}
