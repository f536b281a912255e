package dev.drydock.agent.host.outdated;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What still runs code that was replaced. Pure.
 *
 * @param restart services that can be restarted; sorted
 * @param reboot what cannot be, so that only a reboot renews it; sorted
 */
public record Outdated(List<String> restart, List<String> reboot) {
    public static final Outdated NOTHING = new Outdated(List.of(), List.of());

    private static final String PID_1 = "systemd (PID 1)";
    /** Restarting them takes down sessions, the network or the system's own nervous system. */
    private static final Pattern LEFT_ALONE = Pattern.compile(
            "dbus(-broker)?\\.service|systemd-logind\\.service|.*getty(@.*)?\\.service|user@.*\\.service"
                    + "|(emergency|rescue)\\.service|NetworkManager\\.service|networking\\.service|wpa_supplicant\\.service"
                    + "|(gdm|gdm3|lightdm|sddm|xdm|display-manager)\\.service|.*\\.scope");

    public Outdated {
        restart = List.copyOf(restart);
        reboot = List.copyOf(reboot);
    }

    /**
     * @param unit of the process; empty when it is in none
     * @param command for people
     */
    record Holder(long pid, Optional<String> unit, String command) {}

    /** @param own unit of this agent, which cannot restart itself in the middle of its work */
    static Outdated of(List<Holder> holders, Optional<String> own) {
        Set<String> restart = new TreeSet<>();
        Map<String, Set<String>> sessions = new TreeMap<>();
        Set<String> reboot = new TreeSet<>();
        for (Holder holder : holders) {
            String unit = holder.unit().orElse("");
            if (holder.pid() == 1) {
                reboot.add(PID_1);
            } else if (unit.isEmpty() || unit.endsWith(".scope")) {
                sessions.computeIfAbsent(unit.isEmpty() ? "no service" : unit, u -> new TreeSet<>())
                        .add(holder.command());
            } else if (LEFT_ALONE.matcher(unit).matches()
                    || own.filter(unit::equals).isPresent()) {
                reboot.add(unit);
            } else {
                restart.add(unit);
            }
        }
        sessions.forEach((unit, commands) -> reboot.add(unit + " (" + String.join(", ", commands) + ")"));
        return new Outdated(List.copyOf(restart), List.copyOf(reboot));
    }
}
