package dev.drydock.agent.run;

import dev.drydock.playbooks.model.Args;
import dev.drydock.playbooks.model.Playbook;
import dev.drydock.playbooks.model.Playbook.OnFailure;
import dev.drydock.playbooks.model.Playbook.OnWindowEnd;
import dev.drydock.playbooks.model.Step;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A playbook, a window and what happens meanwhile.
 *
 * @param opens from the start of the simulation, as all its times
 * @param later what the agent finds when it judges the playbook again
 */
record Scenario(
        List<SimStep> steps,
        List<SimCheck.Kind> preflight,
        List<SimCheck.Kind> verify,
        OnFailure onFailure,
        OnWindowEnd onWindowEnd,
        Duration opens,
        Duration lasts,
        List<Happening> happenings,
        Later later) {
    /** What has become of the permission to run. */
    enum Later {
        AS_BEFORE,
        /** When the agent comes back it cannot use the playbook any more. */
        PLAYBOOK_LOST,
        /** When the run is to start, the host's own policy does not allow it any more. */
        FORBIDDEN
    }

    /** Something from outside, at a time. */
    sealed interface Happening {
        Duration at();

        record Cancel(Duration at, CancelRun.Mode mode) implements Happening {}

        /** From then on the controller lets every step reboot the host that waits for it. Without one, no step has to wait. */
        record Leave(Duration at) implements Happening {}

        record WallJump(Duration at, Duration by) implements Happening {}
    }

    static Scenario of(SimStep... steps) {
        return new Scenario(
                List.of(steps),
                List.of(SimCheck.Kind.WELL),
                List.of(SimCheck.Kind.WELL),
                OnFailure.ROLLBACK,
                OnWindowEnd.ROLLBACK,
                Duration.ZERO,
                Duration.ofHours(4),
                List.of(),
                Later.AS_BEFORE);
    }

    Scenario preflight(SimCheck.Kind... checks) {
        return new Scenario(steps, List.of(checks), verify, onFailure, onWindowEnd, opens, lasts, happenings, later);
    }

    Scenario verify(SimCheck.Kind... checks) {
        return new Scenario(steps, preflight, List.of(checks), onFailure, onWindowEnd, opens, lasts, happenings, later);
    }

    Scenario onFailure(OnFailure what) {
        return new Scenario(steps, preflight, verify, what, onWindowEnd, opens, lasts, happenings, later);
    }

    Scenario onWindowEnd(OnWindowEnd what) {
        return new Scenario(steps, preflight, verify, onFailure, what, opens, lasts, happenings, later);
    }

    Scenario window(Duration from, Duration duration) {
        return new Scenario(steps, preflight, verify, onFailure, onWindowEnd, from, duration, happenings, later);
    }

    Scenario with(Happening... what) {
        return new Scenario(steps, preflight, verify, onFailure, onWindowEnd, opens, lasts, List.of(what), later);
    }

    Scenario later(Later what) {
        return new Scenario(steps, preflight, verify, onFailure, onWindowEnd, opens, lasts, happenings, what);
    }

    Offer offer() {
        return Offer.newBuilder()
                .setRunId("run-1")
                .setOfferedAt(Instants.of(SimTime.START))
                .setWindowOpens(Instants.of(SimTime.START.plus(opens)))
                .setWindowCloses(Instants.of(SimTime.START.plus(opens).plus(lasts)))
                .setRebootsByLeave(happenings.stream().anyMatch(Happening.Leave.class::isInstance))
                .setStartBefore(Instants.of(SimTime.START.plus(opens).plus(lasts.dividedBy(2))))
                .build();
    }

    /** Of actions and checks that {@link Simulation} knows. */
    Playbook playbook() {
        return new Playbook(
                "simulated",
                "",
                Playbook.Maintenance.PREVENTIVE,
                Map.of(),
                Optional.empty(),
                checks(preflight),
                steps.stream().map(Scenario::step).toList(),
                checks(verify),
                onFailure,
                onWindowEnd);
    }

    private static Step step(SimStep step) {
        return new Step(
                step.name(),
                "sim." + step.name(),
                Args.NONE,
                step.when(),
                checks(step.checks()),
                Optional.empty(),
                Optional.empty(),
                step.accepted());
    }

    private static List<Step> checks(List<SimCheck.Kind> kinds) {
        List<Step> checks = new ArrayList<>();
        for (SimCheck.Kind kind : kinds) {
            checks.add(new Step(
                    kind + " " + checks.size(),
                    "sim.check." + kind,
                    kind.args(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    false));
        }
        return checks;
    }
}
