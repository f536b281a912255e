package dev.drydock.controller.simulation;

import java.util.Optional;

/**
 * What would have let the first opening do that was too short, found by simulating its rollout again, alone and with the same
 * luck.
 *
 * @param rollout the number of that rollout
 * @param now as it is
 * @param enough the least that was found to do; empty: nothing up to {@code limit} does
 * @param tried how many values were simulated to find it
 * @param limit the most that makes sense
 * @param because why nothing does; empty where something does
 */
public record Advice(
        int rollout, Knob what, String now, Optional<String> enough, int tried, String limit, String because) {
    /** What a window's owner can turn. */
    public enum Knob {
        WINDOW_DURATION,
        MAX_CONCURRENT
    }
}
