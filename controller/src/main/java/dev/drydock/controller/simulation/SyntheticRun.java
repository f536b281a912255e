package dev.drydock.controller.simulation;

import dev.drydock.controller.rollout.Command;

/** A run as its host and the controller's record have it. */
final class SyntheticRun {
    final int rollout;
    final int host;
    final String hostId;
    final String id;
    final int attempt;
    final long startBefore;
    final long closes;
    final long deadline;
    boolean begun;

    /** Its agent says no more of it. */
    boolean over;

    /** @param rollout the number of its release */
    SyntheticRun(int rollout, Command.OfferRun offer, int attempt) {
        this.rollout = rollout;
        this.host = Fleet.number(offer.hostId());
        this.hostId = offer.hostId();
        this.id = offer.runId();
        this.attempt = attempt;
        this.startBefore = Seconds.up(offer.opening().startBefore());
        this.closes = Seconds.up(offer.opening().closes());
        this.deadline = Seconds.up(offer.deadline());
    }
}
