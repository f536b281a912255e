package dev.drydock.agent.run;

import java.util.List;

/** A playbook that this agent cannot carry out on this host. The message names every problem. */
public final class UnusablePlaybookException extends Exception {
    UnusablePlaybookException(List<String> problems) {
        super(String.join("; ", problems));
    }
}
