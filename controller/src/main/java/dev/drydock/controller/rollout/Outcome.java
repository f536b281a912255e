package dev.drydock.controller.rollout;

import dev.drydock.controller.run.Run;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What came of one or several events, not yet on record. */
record Outcome(Rollout before, Rollout after, List<Command> commands, Instant now) {
    List<Run> offers() {
        return commands.stream()
                .filter(Command.OfferRun.class::isInstance)
                .map(Command.OfferRun.class::cast)
                .map(this::run)
                .toList();
    }

    private Run run(Command.OfferRun offer) {
        RolloutPlan plan = after.plan();
        return new Run(
                offer.runId(),
                plan.id(),
                offer.hostId(),
                plan.playbook().name(),
                plan.playbook().version(),
                plan.playbook().digest(),
                plan.params(),
                plan.window().name(),
                offer.opening().opens(),
                offer.opening().closes(),
                offer.opening().startBefore(),
                offer.deadline(),
                RunState.OFFERED,
                "",
                now,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Optional.empty());
    }

    List<TimedNote> notes() {
        return commands.stream()
                .filter(Command.Note.class::isInstance)
                .map(Command.Note.class::cast)
                .map(note -> new TimedNote(now, note.hostId(), note.text()))
                .toList();
    }

    /** Openings that passed without a use. */
    int missed() {
        return (int) commands.stream()
                .filter(command ->
                        command instanceof Command.Note note && note.text().startsWith(Settling.MISSED))
                .count();
    }

    Optional<Instant> nextTick() {
        return commands.stream()
                .filter(Command.ScheduleTick.class::isInstance)
                .map(command -> ((Command.ScheduleTick) command).at())
                .min(Comparator.naturalOrder());
    }
}
