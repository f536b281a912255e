package dev.drydock.cli;

import dev.drydock.cli.client.Channels;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * All that the program takes from the machine it runs on.
 *
 * @param clock the time, and the zone of the person who reads
 */
public record Environment(
        Map<String, String> variables,
        Terminal terminal,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Clock clock,
        Channels channels) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** A variable that is set and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }
}
