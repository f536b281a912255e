package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.packages.PackageId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code apt-get -s} says that it would do. Pure.
 *
 * @param removals names as apt writes them
 */
record AptSimulation(List<Install> installs, List<String> removals) {
    private static final Pattern INSTALL =
            Pattern.compile("Inst (\\S+)(?: \\[([^]]+)])? \\((\\S+)\\s+(.*?)\\s*\\[([a-z0-9-]+)]\\).*");
    private static final Pattern REMOVAL = Pattern.compile("(?:Remv|Purg) (\\S+).*");

    AptSimulation {
        installs = List.copyOf(installs);
        removals = List.copyOf(removals);
    }

    /**
     * @param from the installed version; empty when it is new
     * @param origin archives that have the version, as {@code label:version/suite}, comma-separated
     */
    record Install(PackageId id, String from, String to, String origin) {}

    /** Reads the {@code Inst}, {@code Remv} and {@code Purg} lines; all others are for people. */
    static AptSimulation parse(String output) {
        List<Install> installs = new ArrayList<>();
        List<String> removals = new ArrayList<>();
        for (String line : output.lines().toList()) {
            Matcher install = INSTALL.matcher(line);
            Matcher removal = REMOVAL.matcher(line);
            if (install.matches()) {
                String from = install.group(2);
                installs.add(new Install(
                        new PackageId(bareName(install.group(1)), install.group(5)),
                        from == null ? "" : from,
                        install.group(3),
                        install.group(4)));
            } else if (removal.matches()) {
                removals.add(removal.group(1));
            } else if (line.startsWith("Inst ")) {
                throw new IllegalArgumentException("apt-get -s wrote a line that is not understood: " + line);
            }
        }
        return new AptSimulation(installs, removals);
    }

    /** Packages of other architectures are written {@code name:arch}. */
    private static String bareName(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }
}
