package dev.drydock.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every probe takes. */
final class Options {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = {"-n", "--agents"},
            defaultValue = "1000",
            split = ",",
            paramLabel = "N",
            description = "Agents, each with a connection of its own (default: ${DEFAULT-VALUE});"
                    + " several: the fleet grows so far, one step after the other.")
    @SuppressWarnings("NullAway.Init")
    private List<Integer> agents;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            paramLabel = "N",
            description = "Bursts and rollouts, one after the other; the median counts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--output",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private OutputFormat output;

    @Option(
            names = "--dir",
            defaultValue = "${sys:java.io.tmpdir}",
            paramLabel = "DIR",
            description = "Where databases are written for the time of the run; should be on a disk"
                    + " (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Option(
            names = "--timeout",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "How long to wait for each thing that must happen (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Keep the figures there too, for the table of targets; relative to the checkout.")
    private @Nullable Path keep;

    Optional<Path> keep() {
        return Optional.ofNullable(keep);
    }

    OutputFormat output() {
        return output;
    }

    /** @throws ParameterException when a value makes no sense */
    Settings settings() {
        for (int i = 0; i < agents.size(); i++) {
            require(agents.get(i) > (i == 0 ? 0 : agents.get(i - 1)), "--agents must grow from 1, not " + agents);
        }
        require(rounds >= 1, "--rounds must be at least 1, not " + rounds);
        require(timeoutSeconds >= 1, "--timeout must be at least 1 second, not " + timeoutSeconds);
        require(Files.isDirectory(directory), "--dir must be an existing directory, not " + directory);
        return new Settings(agents, rounds, directory.toAbsolutePath(), Duration.ofSeconds(timeoutSeconds));
    }

    /** These options for another process, its answer as JSON. */
    List<String> forChild() {
        Settings settings = settings();
        List<String> all = new ArrayList<>();
        keep().ifPresent(directory -> all.add("--keep=" + directory));
        all.addAll(List.of(
                "--agents=" + agents.stream().map(String::valueOf).collect(Collectors.joining(",")),
                "--rounds=" + settings.rounds(),
                "--dir=" + settings.directory(),
                "--timeout=" + settings.timeout().toSeconds(),
                "--output=" + OutputFormat.json));
        return all;
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(command.commandLine(), message);
        }
    }
}
