package dev.drydock.agent.run;

import java.util.Locale;

/** Why an offer is refused. Their {@link #word} goes to the controller and never changes its meaning. */
public enum RefusalCode {
    /** The offer makes no sense: its run id, its times, its size. */
    INVALID_OFFER,
    /** It is too late to start in this window. */
    WINDOW_CLOSED,
    /** The clocks of host and controller differ, and the last instant to start is too near to tell which is right. */
    CLOCK_SKEW,
    /** Not signed by a pinned signer, changed after it was signed, or no envelope at all. */
    SIGNATURE,
    /** Signed, but not the playbook that the offer names. */
    DIGEST,
    /** Not a playbook that this agent can carry out: its form, or an action that this agent does not have. */
    INVALID_PLAYBOOK,
    /** Parameters are missing, unknown or of the wrong type. */
    PARAMS,
    /** The playbook is not for this host. */
    HOST_FILTER,
    /** The host's own policy does not allow it, or cannot be read. */
    POLICY,
    /** A person has to look at this host first. */
    ATTENTION;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
