package dev.drydock.controller.rollout;

import dev.drydock.controller.window.Blackouts;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A rollout told step by step. Starts two hours before the first opening. */
final class Story {
    final Set<Transition> moves = new HashSet<>();
    Rollout rollout;
    Instant now = Plans.BEFORE;
    Blackouts blackouts = Blackouts.NONE;
    List<Command> commands = List.of();

    /** Of a rollout whose window names calendars. */
    Story(RolloutPlan plan, Blackouts blackouts) {
        this.blackouts = blackouts;
        rollout = RolloutMachine.planned(plan, Map.of());
        tick();
    }

    Story(RolloutPlan plan) {
        rollout = RolloutMachine.planned(plan, Map.of());
        tick();
    }

    Story happens(RolloutEvent event) {
        Decision decision = RolloutMachine.decide(rollout, event, now, blackouts);
        rollout = decision.rollout();
        commands = decision.commands();
        moves.addAll(decision.moves());
        return this;
    }

    Story tick() {
        return happens(new RolloutEvent.Tick());
    }

    Story at(Instant time) {
        now = time;
        return tick();
    }

    Story after(Duration time) {
        return at(now.plus(time));
    }

    Story opens() {
        return at(rollout.opening().orElseThrow().opens());
    }

    Story away(Map<String, String> unready) {
        return happens(new RolloutEvent.HostsSeen(unready));
    }

    /** The newest run of host {@code number} stands so. */
    Story run(int number, RunState state) {
        HostProgress host = host(number);
        return run(number, host.runId(), state);
    }

    Story run(int number, String runId, RunState state) {
        return happens(new RolloutEvent.RunChanged(
                "h-" + number, runId, state, "because", "", Optional.empty(), Optional.empty()));
    }

    HostProgress host(int number) {
        return rollout.hosts().get(number - 1);
    }

    /** Hosts that the last event offered runs to. */
    List<String> offered() {
        List<String> hosts = new ArrayList<>();
        for (Command command : commands) {
            if (command instanceof Command.OfferRun offer) {
                hosts.add(offer.hostId());
            }
        }
        return hosts;
    }

    <T extends Command> List<T> commands(Class<T> kind) {
        return commands.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<String> notes() {
        return commands(Command.Note.class).stream().map(Command.Note::text).toList();
    }
}
