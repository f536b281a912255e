package dev.drydock.agent;

import dev.drydock.agent.doctor.Doctor;
import dev.drydock.agent.doctor.Finding;
import dev.drydock.playbooks.document.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drydock-agent doctor}. */
@Command(
        name = "doctor",
        description = {
            "Looks at all that has to be right for this host to be patched, and says what to do.",
            "The way to the controller is gone step by step. Nothing is changed. As root it sees everything."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock-agent doctor",
            "  drydock-agent doctor --output json",
            "",
            "Why a run has not started here is on record at the controller: drydock explain HOST.",
            "Exit codes: 0 nothing is wrong; 1 something is."
        })
final class DoctorCommand implements Callable<Integer> {
    private final Main.Terminal terminal;

    @Mixin
    private DataOptions where = new DataOptions();

    @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "How to show it.")
    private StatusCommand.Format output = StatusCommand.Format.TEXT;

    DoctorCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Finding> findings = new Doctor(where.paths(), terminal.clock().instant()).findings();
        if (output == StatusCommand.Format.JSON) {
            terminal.out()
                    .println(JsonWriter.text(Map.of(
                            "findings",
                            findings.stream()
                                    .map(finding -> (Object) json(finding))
                                    .toList())));
        } else {
            findings.forEach(this::print);
        }
        boolean trouble = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.TROUBLE);
        return trouble ? ExitCode.FAILED : ExitCode.DONE;
    }

    private void print(Finding finding) {
        terminal.out().printf("%-8s %-11s %s%n", word(finding), finding.area(), finding.text());
        if (!finding.next().isEmpty()) {
            terminal.out().printf("%-8s %-11s next: %s%n", "", "", finding.next());
        }
    }

    private static String word(Finding finding) {
        return finding.level() == Finding.Level.FINE
                ? "ok"
                : finding.level().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("level", finding.level().name().toLowerCase(Locale.ROOT));
        json.put("area", finding.area());
        json.put("text", finding.text());
        json.put("next", finding.next());
        return json;
    }
}
