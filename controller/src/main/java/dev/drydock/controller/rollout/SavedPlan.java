package dev.drydock.controller.rollout;

import java.time.Instant;

/**
 * A plan that may be applied.
 *
 * @param spec what was asked for, as the API has it
 * @param world what the plan was made from
 */
public record SavedPlan(String name, byte[] spec, World world, String by, Instant at) {
    public SavedPlan {
        spec = spec.clone();
    }

    @Override
    public byte[] spec() {
        return spec.clone();
    }
}
