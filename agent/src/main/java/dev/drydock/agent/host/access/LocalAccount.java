package dev.drydock.agent.host.access;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A line of {@code /etc/passwd} with what {@code /etc/shadow} says of it. No hash is kept.
 *
 * @param open whether it has no password at all, so that none is asked for
 * @param changed when its password was last set; empty where that is not known
 */
public record LocalAccount(String name, int uid, int gid, String shell, boolean open, Optional<LocalDate> changed) {
    private static final java.util.Set<String> NO_SHELLS =
            java.util.Set.of("nologin", "false", "true", "sync", "shutdown", "halt");

    /** Whether a session could begin; no shell means {@code /bin/sh}. */
    public boolean canLogIn() {
        return !NO_SHELLS.contains(shell.substring(shell.lastIndexOf('/') + 1));
    }
}
