package dev.drydock.agent.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person has to look at before this host takes another run. Safe for use by several threads. */
final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private final List<String> lines = new CopyOnWriteArrayList<>();

    void add(String line, Throwable cause) {
        LOG.error(
                "this host takes no new runs until a person has looked at it and the agent is restarted: {}",
                line,
                cause);
        lines.add(line);
    }

    /** In the order of finding. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    boolean any() {
        return !lines.isEmpty();
    }

    /** One line for the controller. */
    String reason() {
        return "a person has to look at this host first: " + String.join("; ", lines);
    }
}
