package dev.drydock.agent.host;

import java.io.IOException;
import java.util.Optional;

/** How the managed system was booted, and how it is asked to boot anew. Thread-safe. */
public interface Boot {
    /** Another one after each boot; see {@link BootId}. */
    String id() throws IOException;

    /** In the words of {@code systemctl is-system-running}: "starting", "running", "degraded" and so on. */
    String state(Job job) throws HostException, InterruptedException;

    /**
     * Writes to disk what is not there yet and asks the system to reboot. Returns when it has accepted; soon after that this
     * process is ended.
     */
    void reboot(Job job) throws HostException, InterruptedException;

    /** Empty where the agent cannot reboot what it manages: a system in a root directory, or one without systemd. */
    static Optional<Boot> of(ManagedHost host) {
        return host.services().manager().equals("systemd")
                ? Optional.of(new SystemdBoot(host.commands()))
                : Optional.empty();
    }
}
