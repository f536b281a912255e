package dev.drydock.controller;

import dev.drydock.controller.diagnosis.Finding;
import dev.drydock.playbooks.document.JsonWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code drydock-controller doctor}. */
@Command(
        name = "doctor",
        description = {
            "For a controller that does not start or does not answer: looks at what it lives on, and says what to do.",
            "It takes the options of run. Without any it looks at what the package's unit starts: /var/lib/drydock and the"
                    + " options in /etc/default/drydock-controller.",
            "Nothing is changed, also while the controller runs. As root it sees everything. A large database takes a while:"
                    + " it is read as a whole."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock-controller doctor",
            "  drydock-controller doctor --data /srv/drydock --api-listen 0.0.0.0:443",
            "  drydock-controller doctor --output json",
            "",
            "Of a controller that answers, drydock doctor tells more, and of its fleet.",
            "Exit codes: 0 nothing is wrong; 1 something is."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final Path DEFAULTS = Path.of("/etc/default/drydock-controller");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Option(
            names = "--environment-file",
            paramLabel = "FILE",
            description = "The file in which the unit finds its options. Default: " + "/etc/default/drydock-controller,"
                    + " if no options are given.")
    private @Nullable Path environmentFile;

    @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "How to show it.")
    private Format output = Format.TEXT;

    @Unmatched
    private final List<String> options = new ArrayList<>();

    /** How. */
    enum Format {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        Settings settings = environmentFile == null && !options.isEmpty()
                ? Settings.given(options)
                : Settings.ofUnit(environmentFile == null ? DEFAULTS : environmentFile, options);
        List<Finding> findings = Doctor.of(settings, InstantSource.system()).findings();
        PrintWriter out = spec.commandLine().getOut();
        if (output == Format.JSON) {
            out.println(JsonWriter.text(Map.of(
                    "findings",
                    findings.stream().map(finding -> (Object) json(finding)).toList())));
        } else {
            findings.forEach(finding -> print(out, finding));
        }
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.TROUBLE) ? 1 : 0;
    }

    private static void print(PrintWriter out, Finding finding) {
        out.printf("%-8s %-13s %s%n", word(finding), finding.area(), text(finding));
        if (!finding.nextStep().isEmpty()) {
            out.printf("%-8s %-13s next: %s%n", "", "", finding.nextStep());
        }
    }

    private static String text(Finding finding) {
        String names = finding.names().isEmpty() ? "" : String.join(" ", finding.names()) + ": ";
        return (names + finding.text()).replace("\n", "; ");
    }

    private static String word(Finding finding) {
        return finding.level() == Finding.Level.FINE
                ? "ok"
                : finding.level().name().toLowerCase(Locale.ROOT);
    }

    /** As {@code drydock-agent doctor} does. */
    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("level", finding.level().name().toLowerCase(Locale.ROOT));
        json.put("area", finding.area());
        json.put("text", text(finding));
        json.put("next", finding.nextStep());
        return json;
    }
}
