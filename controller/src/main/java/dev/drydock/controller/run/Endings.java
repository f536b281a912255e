package dev.drydock.controller.run;

import dev.drydock.proto.agent.v1.RunState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells the first news that a run has ended so from further news of the same run: events that come after the end change it
 * no more. Remembers the newest few thousand. Not safe for use by several threads.
 */
public final class Endings {
    private static final int REMEMBERED = 4_096;

    private final Map<String, RunState> ended = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RunState> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Whether the run has ended, and was not known to have ended so: again where what the agent says wins over LOST. */
    public boolean first(Run run) {
        return RunStates.ended(run.state()) && ended.put(run.id(), run.state()) != run.state();
    }
}
