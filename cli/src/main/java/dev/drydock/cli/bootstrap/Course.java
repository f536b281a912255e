package dev.drydock.cli.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done on a host that was looked at.
 *
 * @param parcel what is put there; empty: what is there is right
 * @param enrolment how it enrols; empty: it is
 * @param start the agent is to be started
 * @param online the controller sees it
 */
record Course(Optional<Parcel> parcel, Optional<Enrolment> enrolment, boolean start, boolean online) {
    enum Enrolment {
        NEW(""),
        /** As the same host, whose certificate ended. */
        AGAIN("--again"),
        /** As another host: its identity is given up. */
        ANEW("--force");

        private final String option;

        Enrolment(String option) {
            this.option = option;
        }

        String option() {
            return option;
        }
    }

    Outcome afterLook() {
        return parcel.isPresent() ? Outcome.AGENT_MISSING : onceInstalled();
    }

    private Outcome onceInstalled() {
        if (enrolment.isPresent()) {
            return Outcome.NOT_ENROLLED;
        }
        if (start || parcel.isPresent()) {
            return Outcome.NOT_STARTED;
        }
        return online ? Outcome.NOTHING_MISSING : Outcome.NOT_CONNECTED;
    }

    /** What is to be done from now on, by the table, as far as it can be told: after an install it is looked again. */
    List<Stage> ahead() {
        List<Stage> ahead = new ArrayList<>();
        Stage stage = BootstrapMachine.target(Stage.LOOK, afterLook());
        while (!BootstrapMachine.isEnd(stage)) {
            if (stage != Stage.LOOK) {
                ahead.add(stage);
            }
            stage = BootstrapMachine.target(stage, stage == Stage.LOOK ? onceInstalled() : Outcome.DID);
        }
        return ahead;
    }
}
