package dev.drydock.controller.compliance.finding;

import java.time.Instant;
import java.util.List;

/**
 * What became of a host's findings.
 *
 * @param opened were not there
 * @param changed are rated otherwise, or are known for longer than was thought
 */
public record HostChanges(String hostId, List<Finding> opened, List<Finding> changed, List<Resolved> resolved) {
    public HostChanges {
        opened = List.copyOf(opened);
        changed = List.copyOf(changed);
        resolved = List.copyOf(resolved);
    }

    boolean isEmpty() {
        return opened.isEmpty() && changed.isEmpty() && resolved.isEmpty();
    }

    /** Why a finding is none any more. */
    public enum Resolution {
        /** It was mended. */
        MENDED,
        /** No feed tells of it any more. */
        WITHDRAWN,
        /** The host is no longer of the fleet. */
        GONE
    }

    /** @param within the time that the policy gave which counted then */
    public record Resolved(Finding finding, Instant at, Resolution resolution, boolean within) {}
}
