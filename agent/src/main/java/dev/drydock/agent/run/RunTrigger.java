package dev.drydock.agent.run;

/** Why a run goes from one state to another. */
enum RunTrigger {
    ACCEPT("the offer is journaled"),
    START("the window is open and it is not too late to start"),
    TOO_LATE("the last instant to start has passed"),
    CANCEL("cancelled, and nothing has changed"),
    NO_LONGER_ALLOWED(
            "judged again just before the start: signers, the host's policy or the host itself do not allow it"),
    UNUSABLE("after a restart the playbook cannot be carried out any more, and nothing has changed"),
    WAY_BACK_LOST("after a restart the playbook cannot be carried out any more, and something has changed"),
    PREFLIGHT_FAILED("a preflight check fails, or a step cannot be planned"),
    NO_WAY_BACK("a step cannot be undone or cannot prove its way back, and nothing has changed"),
    PREFLIGHT_HELD("all preflight checks hold, baselines are taken, every step is planned"),
    NOTHING_TO_DO("all steps were skipped"),
    STEPS_DONE("all steps are verified or skipped"),
    OUT_OF_TIME("the next step does not fit into the window, and nothing has changed"),
    DEFER("the next step does not fit into the window (onWindowEnd: defer)"),
    WINDOW_ENDS("what is left does not fit into the window (onWindowEnd: rollback, or a soak that is too long)"),
    STEP_FAILED("a step failed after something has changed"),
    CHECK_FAILED("a final check fails"),
    ROLL_BACK("cancelled with rollback after something has changed"),
    HELD("all final checks hold"),
    HELD_SO_FAR("all final checks hold, and steps are left for the next window"),
    OLD_STATE_PROVEN("every rollback is verified and the final checks are as before the run"),
    OLD_STATE_NOT_PROVEN("a rollback failed, or a final check is not as before the run");

    private final String meaning;

    RunTrigger(String meaning) {
        this.meaning = meaning;
    }

    String meaning() {
        return meaning;
    }
}
