package dev.drydock.controller.rollout;

import java.util.List;

/**
 * What follows from an event.
 *
 * @param commands in the order to be carried out
 * @param moves that the rollout's state made, in order
 */
public record Decision(Rollout rollout, List<Command> commands, List<Transition> moves) {
    public Decision {
        commands = List.copyOf(commands);
        moves = List.copyOf(moves);
    }
}
