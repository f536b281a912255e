package dev.drydock.controller.run;

import java.util.Optional;

/**
 * That a run's step reboots its host, from when it is ready for it until the host has proven to be up again.
 *
 * @param step its position in the playbook, from 0
 */
public record Reboot(int step, Phase phase) {
    /** In their order. */
    public enum Phase {
        /** The agent waits for leave. */
        AWAITED,
        /** It has leave, or is about to get it. */
        ALLOWED,
        /** The host goes down, comes up, or proves that it did. */
        UNDER_WAY
    }

    /** The host is down, or may be at any moment. */
    public boolean begun() {
        return phase != Phase.AWAITED;
    }

    /** As {@link #parse} reads it. */
    public String written() {
        return step + " " + phase;
    }

    /** @param written empty: no reboot */
    public static Optional<Reboot> parse(String written) {
        if (written.isEmpty()) {
            return Optional.empty();
        }
        int space = written.indexOf(' ');
        return Optional.of(
                new Reboot(Integer.parseInt(written.substring(0, space)), Phase.valueOf(written.substring(space + 1))));
    }
}
