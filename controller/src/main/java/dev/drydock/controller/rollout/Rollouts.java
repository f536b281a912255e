package dev.drydock.controller.rollout;

import java.util.OptionalInt;
import java.util.Set;

/**
 * What operators do with rollouts. Safe to call from any thread but the coordinator's own. What is returned is durable; each
 * change may be asked for again without harm.
 *
 * <p>When the database cannot take the change, {@link dev.drydock.controller.store.StoreException} says why and nothing was
 * changed.
 */
public interface Rollouts extends RolloutDirectory {
    /**
     * Makes a rollout. The same again gives the one that is there, as it stands now.
     *
     * @throws InvalidRolloutException with everything that is wrong with it
     * @throws RolloutExistsException another has its name
     */
    Rollout create(RolloutDraft draft) throws InvalidRolloutException;

    /**
     * Starts nothing more until it is resumed. What runs goes on to its end; offers that no agent took yet are withdrawn.
     *
     * @throws UnknownRolloutException there is none
     * @throws RolloutRefusedException it is ending or has ended
     */
    Rollout pause(String nameOrId);

    /** @throws RolloutRefusedException as {@link #pause} */
    Rollout resume(String nameOrId);

    /**
     * @param rollBack also what runs now; else that finishes
     * @throws RolloutRefusedException it has ended, and not by an abort
     */
    Rollout abort(String nameOrId, boolean rollBack);

    /**
     * Gives hosts that ended badly another run, also in the opening that is under way, and lets a rollout that had ended for
     * them go on. Its thresholds count anew for these hosts.
     *
     * @param hosts names; empty: all but those whose way back failed
     * @throws RolloutRefusedException it is ending, was aborted, has no such host, or its window has no further opening
     */
    Rollout retry(String nameOrId, Set<String> hosts);

    /**
     * Lets a wave begin that needs a second person's word.
     *
     * @param wave empty: the first that still needs it
     * @param by the name of the user who says so
     * @throws RolloutRefusedException the wave needs none, the rollout is over, or {@code by} made the rollout
     */
    Rollout approve(String nameOrId, OptionalInt wave, String by, String comment);

    /** Tells the listener of the rollout as it stands, then after each change. Nothing is missed in between. */
    RolloutWatch watch(String nameOrId, RolloutListener listener);
}
