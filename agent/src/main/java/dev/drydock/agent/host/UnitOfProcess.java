package dev.drydock.agent.host;

import java.util.Optional;

/** Which unit of systemd a process belongs to, by {@code /proc/PID/cgroup}. Pure. */
public final class UnitOfProcess {
    private UnitOfProcess() {}

    /**
     * The system's unit; for whatever a user's own systemd runs, that user's {@code user@UID.service}. Empty for what is in no
     * unit.
     */
    public static Optional<String> of(String cgroup) {
        for (String line : cgroup.lines().toList()) {
            String[] fields = line.split(":", 3);
            // The unified hierarchy, else systemd's own of the old ones.
            boolean systemd = fields.length == 3 && (fields[0].equals("0") || fields[1].equals("name=systemd"));
            Optional<String> unit = systemd ? unit(fields[2]) : Optional.empty();
            if (unit.isPresent()) {
                return unit;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> unit(String path) {
        for (String part : path.split("/")) {
            if (part.endsWith(".service") || part.endsWith(".scope")) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }
}
