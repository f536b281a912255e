package dev.drydock.controller.compliance;

import dev.drydock.controller.run.Run;
import dev.drydock.proto.agent.v1.RunState;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the record of runs says for reports. Implemented by the store. */
public interface RunOutcomes {
    /** The newest run of each of these hosts that has ended, by host id. */
    Map<String, Run> lastEnded(Collection<String> hostIds);

    /** The newest ended runs of all hosts that stand so, newest first. */
    List<Run> lastEndedAs(Collection<RunState> states);

    /** The hosts of a rollout, in their order. */
    List<HostEnd> ends(String rolloutId);
}
