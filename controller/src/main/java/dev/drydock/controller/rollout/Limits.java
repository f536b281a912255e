package dev.drydock.controller.rollout;

import java.util.List;

/**
 * A strategy's numbers for a certain number of hosts.
 *
 * @param maxConcurrent how many runs may be open at once
 * @param reboots how many hosts may be down for a reboot at once
 * @param rollout stops when more than so many of all its hosts failed
 * @param waves for each wave: stops when more than so many of its hosts failed
 */
public record Limits(int maxConcurrent, int reboots, int rollout, List<Integer> waves) {
    public Limits {
        waves = List.copyOf(waves);
    }

    int wave(int number) {
        return waves.get(number - 1);
    }
}
