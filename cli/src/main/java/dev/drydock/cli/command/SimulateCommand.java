package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.client.Simulating;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.OutputFormat;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.Scenario;
import dev.drydock.proto.v1.SimulationProgress;
import dev.drydock.proto.v1.SimulationResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock simulate}. */
@Command(
        name = "simulate",
        description = {
            "Simulates rollouts over months on hosts that are made up, with the controller's own decisions and windows.",
            "Says how long it takes to patch everyone, what the failure thresholds would have caught, and which openings",
            "are too short. Changes nothing. Options win over the file, so that variants are tried without editing it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock simulate year.yaml",
            "  drydock simulate year.yaml --max-concurrent 10%% --window-duration 4h",
            "  drydock simulate year.yaml --seed 2 --output json"
        })
public final class SimulateCommand implements Callable<Integer> {
    private static final int MOST_BYTES = 256 * 1024;

    private final App app;

    @Parameters(paramLabel = "FILE", description = "The scenario (docs/simulate.md).")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--hosts", paramLabel = "N", description = "How many hosts.")
    private @Nullable Integer hosts;

    @Option(names = "--months", paramLabel = "N", description = "How long.")
    private @Nullable Integer months;

    @Option(names = "--seed", paramLabel = "N", description = "Of all chance: another one is another year.")
    private @Nullable Long seed;

    @Option(names = "--window-duration", paramLabel = "DURATION", description = "How long the window is open.")
    private @Nullable String windowDuration;

    @Option(names = "--max-concurrent", paramLabel = "N|N%", description = "How many hosts at once at most.")
    private @Nullable String maxConcurrent;

    public SimulateCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() {
        ScenarioFile scenario = ScenarioFile.read(file.toString(), LocalFiles.reading("read", file, this::content));
        SimulationResult result =
                new Simulating(app.api()).simulate(changed(scenario.scenario()), progress(), scenario::placed);
        Output output = app.output();
        output.answer(result, SimulationView.names(result), () -> SimulationView.lines(result, output));
        return 0;
    }

    private byte[] content() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES + 1);
        }
    }

    private Scenario changed(Scenario written) {
        Scenario.Builder scenario = written.toBuilder();
        if (hosts != null) {
            scenario.getFleetBuilder().setHosts(hosts);
        }
        if (months != null) {
            scenario.getSpanBuilder().setMonths(months);
        }
        if (seed != null) {
            scenario.setSeed(seed);
        }
        if (windowDuration != null) {
            scenario.getWindowBuilder()
                    .setDuration(Times.message(Options.duration("--window-duration", windowDuration)));
        }
        if (maxConcurrent != null) {
            scenario.getStrategyBuilder().setMaxConcurrent(maxConcurrent);
        }
        return scenario.build();
    }

    /** One line on a terminal, wiped at the end; nothing anywhere else. */
    private java.util.function.Consumer<SimulationProgress> progress() {
        Output output = app.output();
        if (!app.environment().terminal().error() || output.quiet() || output.format() != OutputFormat.TABLE) {
            return progress -> {};
        }
        PrintStream err = app.environment().err();
        return progress -> {
            long from = progress.getFrom().getSeconds();
            long whole = Math.max(1, progress.getUntil().getSeconds() - from);
            long percent = 100 * (progress.getReached().getSeconds() - from) / whole;
            err.print("\r\u001b[K" + (percent >= 99 ? "" : "simulating " + percent + " %"));
            err.flush();
        };
    }
}
