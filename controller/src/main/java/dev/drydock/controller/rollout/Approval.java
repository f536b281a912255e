package dev.drydock.controller.rollout;

import java.time.Instant;
import java.util.List;

/**
 * A second person's word that a wave may begin.
 *
 * @param wave from 1
 * @param by the name of the user
 * @param comment may be empty
 */
public record Approval(int wave, String by, Instant at, String comment) {
    static boolean covers(List<Approval> given, int wave) {
        return given.stream().anyMatch(approval -> approval.wave() == wave);
    }
}
