package dev.drydock.cli.bootstrap;

import static dev.drydock.cli.bootstrap.Outcome.AGENT_MISSING;
import static dev.drydock.cli.bootstrap.Outcome.DID;
import static dev.drydock.cli.bootstrap.Outcome.NOTHING_MISSING;
import static dev.drydock.cli.bootstrap.Outcome.NOT_CONNECTED;
import static dev.drydock.cli.bootstrap.Outcome.NOT_ENROLLED;
import static dev.drydock.cli.bootstrap.Outcome.NOT_STARTED;
import static dev.drydock.cli.bootstrap.Outcome.TROUBLE;
import static dev.drydock.cli.bootstrap.Stage.AWAIT;
import static dev.drydock.cli.bootstrap.Stage.BECOME;
import static dev.drydock.cli.bootstrap.Stage.CONNECT;
import static dev.drydock.cli.bootstrap.Stage.DONE;
import static dev.drydock.cli.bootstrap.Stage.ENROL;
import static dev.drydock.cli.bootstrap.Stage.FAILED;
import static dev.drydock.cli.bootstrap.Stage.INSTALL;
import static dev.drydock.cli.bootstrap.Stage.LOOK;
import static dev.drydock.cli.bootstrap.Stage.SHIP;
import static dev.drydock.cli.bootstrap.Stage.START;

import java.util.List;

/** The one table of the stages of a host. docs/bootstrap.md shows it. */
final class BootstrapMachine {
    record Row(Stage from, Outcome outcome, Stage to) {}

    static final List<Row> TABLE = List.of(
            new Row(CONNECT, DID, BECOME),
            new Row(BECOME, DID, LOOK),
            new Row(LOOK, AGENT_MISSING, SHIP),
            new Row(LOOK, NOT_ENROLLED, ENROL),
            new Row(LOOK, NOT_STARTED, START),
            new Row(LOOK, NOT_CONNECTED, AWAIT),
            new Row(LOOK, NOTHING_MISSING, DONE),
            new Row(SHIP, DID, INSTALL),
            new Row(INSTALL, DID, LOOK),
            new Row(ENROL, DID, START),
            new Row(START, DID, AWAIT),
            new Row(AWAIT, DID, DONE),
            new Row(CONNECT, TROUBLE, FAILED),
            new Row(BECOME, TROUBLE, FAILED),
            new Row(LOOK, TROUBLE, FAILED),
            new Row(SHIP, TROUBLE, FAILED),
            new Row(INSTALL, TROUBLE, FAILED),
            new Row(ENROL, TROUBLE, FAILED),
            new Row(START, TROUBLE, FAILED),
            new Row(AWAIT, TROUBLE, FAILED));

    private BootstrapMachine() {}

    /** @throws IllegalStateException when the table has no such row */
    static Stage target(Stage from, Outcome outcome) {
        return TABLE.stream()
                .filter(row -> row.from() == from && row.outcome() == outcome)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no way from " + from + " on " + outcome))
                .to();
    }

    static boolean isEnd(Stage stage) {
        return TABLE.stream().noneMatch(row -> row.from() == stage);
    }
}
