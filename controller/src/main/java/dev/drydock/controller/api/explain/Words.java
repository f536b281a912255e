package dev.drydock.controller.api.explain;

import dev.drydock.proto.agent.v1.RunState;

/** States in words, as they are said of one host. */
final class Words {
    private Words() {}

    static String of(RunState state) {
        return switch (state) {
            case RUN_STATE_UNSPECIFIED -> "waits";
            case OFFERED -> "was offered a run that its agent has not taken yet";
            case ACCEPTED -> "has taken its run and not begun it";
            case PREFLIGHT -> "looks whether it can begin";
            case RUNNING -> "is being patched";
            case VERIFYING -> "is patched and being verified";
            case ROLLING_BACK -> "is being put back";
            case SUCCEEDED -> "is patched and verified";
            case ROLLED_BACK -> "was put back to where it came from, and that is verified";
            case ROLLBACK_FAILED -> "could not be put back";
            case REFUSED -> "refused, and is as it was";
            case EXPIRED -> "was not reached in time, and is as it was";
            case DEFERRED -> "had not enough time left, and is as it was";
            case CANCELLED -> "was cancelled before it began, and is as it was";
            case LOST -> "has not reported how its run ended";
            case UNRECOGNIZED -> "is in a state that this controller does not know";
        };
    }

    static String hosts(int count) {
        return count == 1 ? "1 host" : count + " hosts";
    }

    /** The subject of what is said of each of them. */
    static String each(int count) {
        return count == 1 ? "1 host" : count + " hosts, each of which";
    }

    static String because(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }
}
