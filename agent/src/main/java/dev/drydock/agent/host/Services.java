package dev.drydock.agent.host;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Services of the managed system. Names are those of its service manager; a missing {@code .service} is understood.
 * Thread-safe.
 */
public interface Services {
    /** "systemd" or "init scripts". */
    String manager();

    /** Each unit is asked for apart. A unit that is not there is {@link State#UNKNOWN}, not an exception. */
    State state(String unit, Job job) throws HostException, InterruptedException;

    void start(String unit, Job job) throws HostException, InterruptedException;

    void stop(String unit, Job job) throws HostException, InterruptedException;

    void restart(String unit, Job job) throws HostException, InterruptedException;

    void reload(String unit, Job job) throws HostException, InterruptedException;

    /** Whether it starts at boot. */
    void enable(String unit, boolean enabled, Job job) throws HostException, InterruptedException;

    /** Services that the manager holds for failed; sorted. */
    List<String> failed(Job job) throws HostException, InterruptedException;

    /**
     * Whether it still runs a program file that was replaced, although it should not. Under systemd the packages' own scripts
     * decide what is restarted, so there it never is.
     */
    default boolean outdated(String unit, Job job) throws HostException, InterruptedException {
        return false;
    }

    /** For each of the units those that it is started after, or that it needs; empty where the manager does not tell. */
    default Map<String, Set<String>> startedAfter(Collection<String> units, Job job)
            throws HostException, InterruptedException {
        return Map.of();
    }

    /** Names of the services whose definitions are among these files; sorted, no templates. */
    List<String> definedBy(List<String> files);

    /**
     * @param instance another one after each start; empty where the manager does not tell
     * @param steady for how long it has been so, and its main process the same; zero where the manager does not tell
     * @param detail in the manager's words, for people
     */
    record State(boolean known, boolean active, boolean enabled, String instance, Duration steady, String detail) {
        public static final State UNKNOWN = new State(false, false, false, "", "not found");

        public State(boolean known, boolean active, boolean enabled, String instance, String detail) {
            this(known, active, enabled, instance, Duration.ZERO, detail);
        }
    }
}
