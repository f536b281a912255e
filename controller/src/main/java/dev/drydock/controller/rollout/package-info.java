/**
 * What a rollout does next. {@link dev.drydock.controller.rollout.RolloutMachine} is the whole decision, pure: (rollout,
 * event, now) to (rollout, commands). It reads no clock, store or network, so it can be replayed and simulated. {@code
 * RolloutCoordinator} is its one driver.
 *
 * <p>Where what is decided: the moves in {@code Settling} by the table of {@code RolloutTransitions}, what begins in {@code
 * Starts} with {@code Clusters}, who may reboot in {@code Reboots}, what is taken back in {@code Asks}; blackouts are taken out of
 * the openings by {@code window.Openings}. An emergency change is a rollout whose window opens once, now.
 */
@NullMarked
package dev.drydock.controller.rollout;

import org.jspecify.annotations.NullMarked;
