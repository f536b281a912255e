package dev.drydock.agent;

import dev.drydock.agent.action.MiddlewareTrial;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.playbooks.document.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock-agent middleware}: tries profiles on this host. */
@Command(
        name = "middleware",
        description = {
            "Looks by profiles which middleware is here and whether all is there that an update of it needs.",
            "Changes nothing. Runs the tests and probes of the profiles, so it wants root as the agent does."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock-agent middleware",
            "  drydock-agent middleware php mariadb",
            "  drydock-agent middleware ./tomcat.yaml --output json",
            "",
            "Exit codes: 0 all that was found is well; 1 something is missing or fails, or a profile named is not installed."
        })
final class MiddlewareCommand implements Callable<Integer> {
    private final Main.Terminal terminal;

    @Parameters(
            paramLabel = "PROFILE",
            arity = "0..*",
            description = "Names of profiles, or files with one; all that the agent knows where none is given.")
    private List<String> profiles = new ArrayList<>();

    @Option(
            names = "--root",
            paramLabel = "DIR",
            defaultValue = "/",
            description = "Where the system is mounted that is looked at. Default: ${DEFAULT-VALUE}.")
    private Path root = Path.of("/");

    @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "How to show it.")
    private StatusCommand.Format output = StatusCommand.Format.TEXT;

    MiddlewareCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        List<MiddlewareTrial.Finding> findings;
        try {
            findings = new MiddlewareTrial(ManagedHost.open(root)).of(profiles);
        } catch (HostException | IOException | IllegalArgumentException e) {
            throw CommandFailure.failed(String.valueOf(e.getMessage()));
        }
        if (output == StatusCommand.Format.JSON) {
            terminal.out()
                    .println(JsonWriter.text(Map.of(
                            "middleware",
                            findings.stream().map(MiddlewareCommand::json).toList())));
        } else {
            findings.forEach(this::print);
        }
        if (findings.isEmpty()) {
            terminal.err().println("drydock-agent: no middleware for which there is a profile is installed here");
        }
        boolean well = findings.stream().allMatch(finding -> finding.problems().isEmpty());
        return well && (!findings.isEmpty() || profiles.isEmpty()) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void print(MiddlewareTrial.Finding finding) {
        terminal.out().println(finding.name() + (finding.installed() ? "" : ": not installed"));
        finding.lines()
                .forEach((key, values) -> values.forEach(value -> terminal.out().printf("  %-14s %s%n", key, value)));
        finding.problems().forEach(problem -> terminal.out().printf("  %-14s %s%n", "PROBLEM", problem));
    }

    private static Map<String, @Nullable Object> json(MiddlewareTrial.Finding finding) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("name", finding.name());
        values.put("installed", finding.installed());
        values.putAll(finding.lines());
        values.put("problems", finding.problems());
        return values;
    }
}
