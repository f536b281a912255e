/**
 * What a rollout does next. {@link dev.drydock.controller.rollout.RolloutMachine} is the whole decision, pure: (rollout,
 * event, now) to (rollout, commands). It reads no clock, store or network, so it can be replayed and simulated. {@code
 * RolloutCoordinator} is its one driver.
 *
 * <p>Where later features go in: approvals are a state between SOAKING and the next wave in {@code RolloutTransitions};
 * {@code neverTogether} and reboot spacing are further questions in {@code Starts}; blackouts are taken out of the
 * openings by {@code window.Openings}, so that nothing changes here; an emergency change is a rollout whose window opens
 * once, now.
 */
@NullMarked
package dev.drydock.controller.rollout;

import org.jspecify.annotations.NullMarked;
