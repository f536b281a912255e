package dev.drydock.cli.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One host of the file, with the file's defaults where it says nothing itself. What is empty is left to the command.
 *
 * @param name in the fleet
 * @param address where it is reached
 * @param jumps machines on the way, the nearest first
 * @param become {@code sudo} or {@code none}
 * @param labels that it gets when it enrols
 */
public record ListedHost(
        String name, Machine address, List<Machine> jumps, Optional<String> become, Map<String, String> labels) {
    public ListedHost {
        jumps = List.copyOf(jumps);
        labels = Map.copyOf(labels);
    }
}
