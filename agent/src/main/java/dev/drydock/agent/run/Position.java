package dev.drydock.agent.run;

import dev.drydock.proto.agent.v1.StepTransition.Phase;

/**
 * Where in a playbook.
 *
 * @param index from 0 within the phase
 */
record Position(Phase phase, int index) implements Comparable<Position> {
    static Position preflight(int index) {
        return new Position(Phase.PHASE_PREFLIGHT, index);
    }

    static Position step(int index) {
        return new Position(Phase.PHASE_STEPS, index);
    }

    static Position verify(int index) {
        return new Position(Phase.PHASE_VERIFY, index);
    }

    @Override
    public int compareTo(Position other) {
        int byPhase = phase.compareTo(other.phase);
        return byPhase != 0 ? byPhase : Integer.compare(index, other.index);
    }
}
