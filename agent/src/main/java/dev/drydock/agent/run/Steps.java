package dev.drydock.agent.run;

import dev.drydock.proto.agent.v1.StepTransition.Phase;

/** How steps and checks are named to people: counted from 1. */
final class Steps {
    private Steps() {}

    static boolean isStep(Position position) {
        return position.phase() == Phase.PHASE_STEPS;
    }

    static String describe(Position position, String name) {
        String kind =
                switch (position.phase()) {
                    case PHASE_PREFLIGHT -> "preflight check ";
                    case PHASE_STEPS -> "step ";
                    case PHASE_VERIFY -> "final check ";
                    case PHASE_UNSPECIFIED, UNRECOGNIZED -> "entry ";
                };
        return kind + (position.index() + 1) + " (" + name + ")";
    }

    static String noWayBack(int index, BoundStep step, String irreversible) {
        return describe(Position.step(index), step.name()) + " has no way back: " + irreversible
                + "; write `irreversible: accepted` on the step if that is wanted";
    }
}
