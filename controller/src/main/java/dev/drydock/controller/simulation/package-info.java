/**
 * What would happen: rollouts over the real decision ({@link dev.drydock.controller.rollout.RolloutMachine}) and the real
 * windows, on hosts that are made up, in virtual time. Pure: a scenario and its seed give one result. Nothing of the rules of
 * rollouts is written here again; what is written here is how hosts behave.
 */
@NullMarked
package dev.drydock.controller.simulation;

import org.jspecify.annotations.NullMarked;
