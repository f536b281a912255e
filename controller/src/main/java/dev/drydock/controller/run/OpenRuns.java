package dev.drydock.controller.run;

import java.util.List;

/**
 * What a host has open, as on record at one instant.
 *
 * @param runs that have not ended, oldest first: those in state OFFERED are still to be accepted
 * @param cancels those of them that shall end
 */
public record OpenRuns(List<Run> runs, List<CancelRequest> cancels) {
    public static final OpenRuns NONE = new OpenRuns(List.of(), List.of());

    public OpenRuns {
        runs = List.copyOf(runs);
        cancels = List.copyOf(cancels);
    }
}
