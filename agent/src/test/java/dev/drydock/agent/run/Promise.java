package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.playbooks.model.Playbook.OnFailure;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What must be true of every run, whatever died on the way. */
final class Promise {
    private Promise() {}

    static void holds(Simulation.Story story) {
        endsOnce(story);
        leavesTheHostBeforeOrAfter(story);
        failsToRollBackOnlyForAReason(story);
        beginsNoStepTwice(story);
        changesNothingOutsideTheWindow(story);
        rebootsAsOftenAsItSays(story);
    }

    private static void endsOnce(Simulation.Story story) {
        List<RunEvent> results = story.journal().stream()
                .filter(e -> e.getEventCase() == RunEvent.EventCase.RESULT)
                .toList();
        assertThat(results).as("results of %s", story).hasSize(1);
        assertThat(story.journal().getLast()).isEqualTo(results.getFirst());
        assertThat(results.getFirst().getResult().getOutcome()).isEqualTo(story.outcome());
    }

    private static void leavesTheHostBeforeOrAfter(Simulation.Story story) {
        RunSnapshot run = RunFold.of(story.journal());
        switch (story.outcome()) {
            case SUCCEEDED ->
                story.scenario().steps().forEach(step -> {
                    if (!step.reboots()
                            && step.when().map(Boolean::parseBoolean).orElse(true)) {
                        assertThat(versions(story, step)).as("%s", story).containsExactly("new");
                    }
                });
            case REFUSED, EXPIRED, CANCELLED -> {
                assertThat(story.host().mutations()).as("%s", story).isEmpty();
                assertThat(story.host().state()).isEqualTo(story.before());
            }
            case ROLLED_BACK -> {
                if (story.scenario().onFailure() == OnFailure.ROLLBACK) {
                    assertThat(story.host().state()).as("%s", story).isEqualTo(story.before());
                }
                steps(story, run);
            }
            case DEFERRED -> steps(story, run);
            case ROLLBACK_FAILED -> {}
            default -> throw new AssertionError("not an end: " + story);
        }
    }

    /** Each step for itself is before or after, and what the journal says of it is so. */
    private static void steps(Simulation.Story story, RunSnapshot run) {
        for (int i = 0; i < story.scenario().steps().size(); i++) {
            SimStep step = story.scenario().steps().get(i);
            if (step.reboots()) {
                continue;
            }
            Set<String> found = versions(story, step);
            assertThat(found).as("step %s of %s", step.name(), story).hasSize(1);
            if (run.step(i).state() == StepState.STEP_VERIFIED) {
                assertThat(found).as("step %s of %s", step.name(), story).containsExactly("new");
            } else if (!step.done()) {
                assertThat(found).as("step %s of %s", step.name(), story).containsExactly("old");
            }
        }
    }

    /** A verified reboot was one; none is asked for too often, outside the window, or once the way back has begun. */
    private static void rebootsAsOftenAsItSays(Simulation.Story story) {
        RunSnapshot run = RunFold.of(story.journal());
        List<SimStep> steps = story.scenario().steps();
        long verified = 0;
        long begun = 0;
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).reboots()) {
                verified += run.step(i).state() == StepState.STEP_VERIFIED ? 1 : 0;
                begun += run.step(i).touched() ? 1 : 0;
            }
        }
        // A host that goes down by itself before it is asked is booted anew all the same.
        assertThat((long) story.boot().boots()).as("boots of %s", story).isGreaterThanOrEqualTo(verified);
        List<Instant> all = story.boot().asked();
        assertThat((long) all.size())
                .as("times that a reboot was asked for in %s", story)
                .isLessThanOrEqualTo(begun * RebootRunner.MOST);
        Instant opens = Instants.of(story.scenario().offer().getWindowOpens());
        Instant closes = Instants.of(story.scenario().offer().getWindowCloses());
        Instant back = story.journal().stream()
                .filter(event -> event.getRun().getTo() == RunState.ROLLING_BACK)
                .map(event -> Instants.of(event.getAt()))
                .findFirst()
                .orElse(Instant.MAX);
        for (Instant asked : story.clockCannotBeKnown() ? List.<Instant>of() : all) {
            assertThat(asked).as("%s", story).isBetween(opens, closes).isBeforeOrEqualTo(back);
        }
    }

    private static Set<String> versions(Simulation.Story story, SimStep step) {
        return step.parts().stream().map(story.host()::version).collect(Collectors.toSet());
    }

    private static void failsToRollBackOnlyForAReason(Simulation.Story story) {
        if (story.outcome() == RunState.ROLLBACK_FAILED) {
            Set<SimStep.Fault> reasons =
                    Set.of(SimStep.Fault.ROLLBACK, SimStep.Fault.VERIFY_ROLLBACK, SimStep.Fault.VERIFY_AND_ROLLBACK);
            boolean cannot = story.scenario().steps().stream().anyMatch(step -> reasons.contains(step.fault()));
            Set<SimCheck.Kind> spoiling = Set.of(
                    SimCheck.Kind.HARMED,
                    SimCheck.Kind.BROKEN,
                    SimCheck.Kind.ILL_ONCE_BACK,
                    SimCheck.Kind.ILL_ONCE_BACK_AGAIN);
            boolean harmed = story.scenario().verify().stream().anyMatch(spoiling::contains);
            // With onFailure: stop what is verified stays, and what is ill because of it stays ill.
            boolean stopped = story.scenario().onFailure() == OnFailure.STOP;
            assertThat(cannot
                            || harmed
                            || stopped
                            || serviceDiedOnTheWayBack(story)
                            || story.scenario().later() == Scenario.Later.PLAYBOOK_LOST)
                    .as("%s: %s", story.reason(), story)
                    .isTrue();
        }
    }

    /** What died after the last was put back nobody starts again, and the run says so. */
    private static boolean serviceDiedOnTheWayBack(Simulation.Story story) {
        Instant last = story.host().mutations().isEmpty()
                ? Instant.MIN
                : story.host().mutations().getLast().at();
        Instant looked =
                last.isAfter(story.host().revived()) ? last : story.host().revived();
        return story.host().outages().stream()
                .anyMatch(outage ->
                        outage.until().isAfter(looked) && outage.from().isBefore(story.ended()));
    }

    private static void beginsNoStepTwice(Simulation.Story story) {
        for (SimStep step : story.scenario().steps()) {
            assertThat(story.host().counted("apply " + step.name()))
                    .as("times that %s was begun in %s", step.name(), story)
                    .isLessThanOrEqualTo(1);
        }
        boolean back = false;
        for (SimHost.Mutation mutation : story.host().mutations()) {
            assertThat(back && mutation.forward())
                    .as("forward after the way back began in %s", story)
                    .isFalse();
            back |= !mutation.forward();
        }
    }

    private static void changesNothingOutsideTheWindow(Simulation.Story story) {
        Instant opens = Instants.of(story.scenario().offer().getWindowOpens());
        Instant closes = Instants.of(story.scenario().offer().getWindowCloses());
        if (story.clockCannotBeKnown()) {
            // The host was booted with a wrong clock: there is nothing else to go by.
            return;
        }
        for (SimHost.Mutation mutation : story.host().mutations()) {
            if (mutation.forward()) {
                assertThat(mutation.at()).as("%s", story).isBetween(opens, closes);
            }
        }
        if (story.deaths() == 0 && !story.host().mutations().isEmpty()) {
            assertThat(story.ended()).as("the end of %s", story).isBeforeOrEqualTo(closes);
        }
    }
}
