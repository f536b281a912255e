package dev.drydock.controller.api;

import java.util.List;

/** What the role matrix asks about: the names of a host and of all that hangs on it. */
record MatrixTarget(
        String host,
        String rollout,
        String run,
        String plan,
        String team,
        String incident,
        String contract,
        String waiver) {
    static final String FOREIGN_ID = "h-foreign";
    static final MatrixTarget OWN =
            new MatrixTarget("web-01", "own", "r-own", "own-plan", "owners", "i-1", "own-terms", "own-waiver");
    static final MatrixTarget FOREIGN = new MatrixTarget(
            "mainframe", "quarterly", "r-foreign", "plan-theirs", "bookkeeping", "i-2", "ledger-terms", "tax-waiver");
    static final MatrixTarget ABSENT = new MatrixTarget(
            "nowhereis", "unheardof", "r-nowhere", "plan-nobody", "unknownteam", "i-99", "nothing-terms", "no-waiver");

    /** So that answers about different ones can be compared. */
    String without(String text) {
        String left = text;
        for (String name : List.of(incident, contract, waiver, plan, team, run, rollout, host)) {
            left = left.replace("'" + name + "'", "NAME").replace(name, "NAME");
        }
        return left;
    }
}
