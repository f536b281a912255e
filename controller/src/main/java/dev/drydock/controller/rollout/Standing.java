package dev.drydock.controller.rollout;

import dev.drydock.controller.run.Reboot;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What decisions ask of all hosts at once, kept as hosts change, so that a decision costs what changes and what is open, not
 * what the fleet has: sets of positions, and counts. Of one owner while it changes.
 */
final class Standing {
    private final BitSet open;
    private final BitSet waiting;
    private final BitSet unready;
    private final BitSet unknown;
    private final BitSet rebootsAwaited;
    private final BitSet reboots;
    private int[] ofWave;
    private int[] failedOfWave;
    private int succeeded;
    private Instant lastLeave;

    Standing() {
        this.open = new BitSet();
        this.waiting = new BitSet();
        this.unready = new BitSet();
        this.unknown = new BitSet();
        this.rebootsAwaited = new BitSet();
        this.reboots = new BitSet();
        this.lastLeave = Instant.EPOCH;
        this.ofWave = new int[2];
        this.failedOfWave = new int[2];
    }

    private Standing(Standing other) {
        this.open = (BitSet) other.open.clone();
        this.waiting = (BitSet) other.waiting.clone();
        this.unready = (BitSet) other.unready.clone();
        this.unknown = (BitSet) other.unknown.clone();
        this.rebootsAwaited = (BitSet) other.rebootsAwaited.clone();
        this.reboots = (BitSet) other.reboots.clone();
        this.lastLeave = other.lastLeave;
        this.ofWave = other.ofWave.clone();
        this.failedOfWave = other.failedOfWave.clone();
        this.succeeded = other.succeeded;
    }

    static Standing of(Iterable<HostProgress> hosts) {
        Standing standing = new Standing();
        int position = 0;
        for (HostProgress host : hosts) {
            standing.enter(position++, host);
        }
        return standing;
    }

    Standing copy() {
        return new Standing(this);
    }

    void enter(int position, HostProgress host) {
        int wave = host.host().wave();
        if (wave >= ofWave.length) {
            ofWave = Arrays.copyOf(ofWave, Math.max(wave + 1, 2 * wave));
            failedOfWave = Arrays.copyOf(failedOfWave, ofWave.length);
        }
        count(host, 1);
        open.set(position, host.open());
        waiting.set(position, host.waiting());
        unready.set(position, !host.done() && !host.unready().isEmpty());
        rebootsAwaited.set(
                position, host.open() && host.reboot().filter(r -> !r.begun()).isPresent());
        reboots.set(position, host.open() && host.reboot().filter(Reboot::begun).isPresent());
        lastLeave = host.rebootLeave().filter(lastLeave::isBefore).orElse(lastLeave);
        unknown.set(position, host.state() == RunState.LOST || host.state() == RunState.ROLLBACK_FAILED);
    }

    void replace(int position, HostProgress before, HostProgress after) {
        count(before, -1);
        enter(position, after);
    }

    private void count(HostProgress host, int by) {
        int wave = host.host().wave();
        ofWave[wave] += by;
        failedOfWave[wave] += host.failed() ? by : 0;
        succeeded += host.succeeded() ? by : 0;
    }

    /** Positions of hosts that a run is offered to or under way on. */
    BitSet open() {
        return open;
    }

    /** Positions of hosts that a run is still to be offered to. */
    BitSet waiting() {
        return waiting;
    }

    /** Positions of hosts that are not done and cannot take a run now. */
    BitSet unready() {
        return unready;
    }

    /** Positions of hosts of which nobody knows that they are as before: lost, or the way back failed. */
    BitSet unknown() {
        return unknown;
    }

    /** Positions of hosts whose runs wait for leave to reboot. */
    BitSet rebootsAwaited() {
        return rebootsAwaited;
    }

    /** Positions of hosts that are down for a reboot, or may be at any moment. */
    BitSet reboots() {
        return reboots;
    }

    /** When a host was last given leave to reboot; long ago, where none was. */
    Instant lastLeave() {
        return lastLeave;
    }

    int succeeded() {
        return succeeded;
    }

    int size(int wave) {
        return wave < ofWave.length ? ofWave[wave] : 0;
    }

    int failed(int wave) {
        return wave < failedOfWave.length ? failedOfWave[wave] : 0;
    }
}
