package dev.drydock.agent.run;

import dev.drydock.agent.action.Action;
import dev.drydock.agent.action.Check;
import java.util.Optional;

/** The actions and checks that this agent has, by their names in a playbook. Safe for use by several threads. */
public interface Catalog {
    Optional<Action> action(String name);

    Optional<Check> check(String name);
}
