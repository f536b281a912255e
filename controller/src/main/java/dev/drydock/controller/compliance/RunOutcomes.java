package dev.drydock.controller.compliance;

import dev.drydock.controller.run.Run;
import java.util.List;
import java.util.Map;

/** What the record of runs says for reports. Implemented by the store. */
public interface RunOutcomes {
    /** The newest run of each host that has ended, by host id. */
    Map<String, Run> lastEnded();

    /** Runs of a rollout, oldest first. */
    List<RunOutcome> ofRollout(String rolloutId);
}
