package dev.drydock.agent.run;

import dev.drydock.agent.run.Scenario.Happening.Cancel;
import dev.drydock.agent.run.Scenario.Happening.Leave;
import dev.drydock.agent.run.SimCheck.Kind;
import dev.drydock.agent.run.SimStep.Fault;
import dev.drydock.playbooks.model.Playbook.OnWindowEnd;
import dev.drydock.proto.agent.v1.CancelRun.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Runs that together go through every row of every table. {@link MachineCoverageTest} fails when one is missing, so that a new
 * row gets a run here, and with it every fault of {@link FaultRoundsTest}.
 */
final class Repertoire {
    private static final int MOST_POINTS = 180;

    private Repertoire() {}

    /** @param death the point at which the agent dies, where the row needs that */
    record Piece(Scenario scenario, OptionalInt death) {
        Kills kills() {
            return death.isPresent() ? Kills.at(death.getAsInt()) : Kills.none();
        }
    }

    static List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        plain().forEach(scenario -> pieces.add(new Piece(scenario, OptionalInt.empty())));
        // A cancel at every second, so that it comes into every state; a death in the middle of applying with a cancel
        // waiting.
        Scenario settling = Scenario.of(SimStep.good("a").checked(Kind.SETTLES)).verify(Kind.SETTLES);
        for (int second = 0; second < 60; second++) {
            pieces.add(new Piece(cancelled(Duration.ofSeconds(second), settling), OptionalInt.empty()));
        }
        Scenario serving = Scenario.of(SimStep.good("a"), SimStep.service("b", Fault.NONE));
        for (int second = 0; second < 30; second++) {
            pieces.add(new Piece(cancelled(Duration.ofSeconds(second), serving), OptionalInt.empty()));
        }
        Scenario whileApplying = cancelled(Duration.ofSeconds(10), settling);
        Scenario lost = Scenario.of(SimStep.good("a"), SimStep.good("b"))
                .verify(Kind.WELL, Kind.ILL_LATE)
                .later(Scenario.Later.PLAYBOOK_LOST);
        Scenario rebooting = Scenario.of(SimStep.good("a"), SimStep.reboot("b", Fault.NONE), SimStep.good("c"));
        Scenario byLeave = rebooting.with(new Leave(Duration.ofMinutes(3)));
        for (int point = 1; point < MOST_POINTS; point++) {
            pieces.add(new Piece(byLeave, OptionalInt.of(point)));
            pieces.add(new Piece(rebooting, OptionalInt.of(point)));
            pieces.add(new Piece(whileApplying, OptionalInt.of(point)));
            pieces.add(new Piece(lost, OptionalInt.of(point)));
            pieces.add(new Piece(settling, OptionalInt.of(point)));
        }
        return pieces;
    }

    private static List<Scenario> plain() {
        return List.of(
                Scenario.of(SimStep.good("a"), SimStep.good("b").nothingToDo()),
                Scenario.of(SimStep.good("a").nothingToDo()),
                Scenario.of(SimStep.good("a"), SimStep.reboot("b", Fault.NONE), SimStep.of("c", Fault.VERIFY)),
                Scenario.of(SimStep.good("a"), SimStep.reboot("b", Fault.HANG)),
                Scenario.of(SimStep.good("a"), SimStep.reboot("b", Fault.NONE)).with(new Leave(Duration.ofHours(5))),
                Scenario.of(SimStep.good("a"), SimStep.of("b", Fault.VERIFY), SimStep.service("c", Fault.NONE)),
                Scenario.of(SimStep.good("a"), SimStep.service("b", Fault.NONE).within(Duration.ofHours(2))),
                Scenario.of(SimStep.good("a")).preflight(Kind.BROKEN),
                Scenario.of(SimStep.of("a", Fault.PLAN)),
                Scenario.of(SimStep.of("a", Fault.PREPARE)),
                Scenario.of(SimStep.good("a").irreversible(false)),
                Scenario.of(SimStep.good("a"), SimStep.of("b", Fault.VERIFY_AND_ROLLBACK)),
                Scenario.of(SimStep.good("a"), SimStep.of("b", Fault.APPLY)).verify(Kind.HARMED),
                Scenario.of(SimStep.good("a")).window(Duration.ofHours(-2), Duration.ofHours(3)),
                Scenario.of(SimStep.good("a")).window(Duration.ZERO, Duration.ofMinutes(5)),
                Scenario.of(SimStep.good("a")).later(Scenario.Later.FORBIDDEN),
                Scenario.of(SimStep.good("a"), SimStep.good("b").within(Duration.ofHours(2))),
                Scenario.of(SimStep.good("a"), SimStep.good("b").within(Duration.ofHours(2)))
                        .onWindowEnd(OnWindowEnd.DEFER),
                Scenario.of(SimStep.of("a", Fault.SLOW)
                                .taking(Duration.ofSeconds(100))
                                .backWithin(Duration.ofMinutes(7)))
                        .verify(Kind.WELL_AGAIN)
                        .window(Duration.ZERO, Duration.ofMinutes(25)),
                Scenario.of(SimStep.good("a")).verify(Kind.WELL_AGAIN, Kind.ILL_LATE),
                Scenario.of(SimStep.good("a")).verify(Kind.ILL_ONCE_BACK, Kind.ILL_WHEN_CHANGED),
                Scenario.of(SimStep.good("a")).verify(Kind.WELL, Kind.ILL_WHEN_CHANGED, Kind.HARMED),
                Scenario.of(SimStep.good("a")).verify(Kind.HARMED),
                Scenario.of(SimStep.good("a")).verify(Kind.ILL_ONCE_BACK_AGAIN, Kind.ILL_WHEN_CHANGED),
                Scenario.of(SimStep.good("a"))
                        .window(Duration.ofHours(1), Duration.ofHours(1))
                        .with(new Cancel(Duration.ofMinutes(5), Mode.MODE_IF_NOT_STARTED)),
                cancelled(Duration.ofMinutes(5), Scenario.of(SimStep.good("a")).verify(Kind.WELL_AGAIN)));
    }

    private static Scenario cancelled(Duration at, Scenario scenario) {
        return scenario.with(new Cancel(at, Mode.MODE_ROLL_BACK));
    }
}
