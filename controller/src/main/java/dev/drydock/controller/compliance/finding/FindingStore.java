package dev.drydock.controller.compliance.finding;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** The history of findings. Implemented by the store; what is written is durable when a method returns. */
public interface FindingStore {
    /** Those that are not resolved, by host id. */
    Map<String, List<Finding>> open();

    void apply(List<HostChanges> changes);

    /** What was mended on and after a day (UTC), by host id. */
    Map<String, List<Mended>> mendedSince(LocalDate day);

    /** The history of one host, newest first; at most so many. */
    List<PastFinding> history(String hostId, int most);
}
