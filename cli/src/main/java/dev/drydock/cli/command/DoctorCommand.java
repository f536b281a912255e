package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.DiagnoseRequest;
import dev.drydock.proto.v1.Diagnosis;
import dev.drydock.proto.v1.DiagnosisFinding;
import dev.drydock.proto.v1.FindingLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code drydock doctor}. */
@Command(
        name = "doctor",
        description = {
            "Looks at the way to the controller, at the controller and at its fleet, and says what to do.",
            "On a host, drydock-agent doctor does the same from there. It needs the role viewer for the whole fleet."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock doctor",
            "  drydock doctor --output json",
            "",
            "Exit codes: 0 nothing is wrong; 1 something is."
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final App app;

    public DoctorCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() {
        // What stands in the way of this call says so itself: the name, the port, the CA, the token.
        Diagnosis told = app.api().diagnoses().diagnose(DiagnoseRequest.getDefaultInstance());
        Output output = app.output();
        List<DiagnosisFinding> findings = new ArrayList<>();
        findings.add(finding(
                FindingLevel.FINDING_FINE,
                "controller",
                "version " + told.getVersion() + " answers at "
                        + app.api().target().address(),
                ""));
        findings.add(clock(Times.instant(told.getAt()), output.times().now()));
        findings.addAll(told.getFindingsList());
        Diagnosis all =
                told.toBuilder().clearFindings().addAllFindings(findings).build();
        output.answer(
                all,
                all.getFindingsList().stream()
                        .filter(found -> found.getLevel() == FindingLevel.FINDING_TROUBLE)
                        .map(DiagnosisFinding::getArea)
                        .distinct()
                        .toList(),
                () -> output.render(table(all)));
        boolean trouble = findings.stream().anyMatch(found -> found.getLevel() == FindingLevel.FINDING_TROUBLE);
        return trouble ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static DiagnosisFinding clock(Instant there, Instant here) {
        Duration skew = Duration.between(there, here);
        return skew.abs().compareTo(SKEW) > 0
                ? finding(
                        FindingLevel.FINDING_ADVICE,
                        "clock",
                        "this desk's clock differs from the controller's by "
                                + skew.abs().toSeconds() + " s",
                        "Set right whichever is wrong: windows open by the controller's.")
                : finding(FindingLevel.FINDING_FINE, "clock", "this desk and the controller agree", "");
    }

    private static DiagnosisFinding finding(FindingLevel level, String area, String text, String next) {
        return DiagnosisFinding.newBuilder()
                .setLevel(level)
                .setArea(area)
                .setText(text)
                .setNextStep(next)
                .build();
    }

    private static Table table(Diagnosis diagnosis) {
        Table table = Table.plain();
        for (DiagnosisFinding found : diagnosis.getFindingsList()) {
            int more = found.getCount() - found.getNamesCount();
            String names = found.getNamesCount() == 0
                    ? ""
                    : String.join(" ", found.getNamesList()) + (more > 0 ? " and " + more + " more" : "") + ": ";
            table.row(level(found.getLevel()), Cell.of(found.getArea()), Cell.of(names + found.getText()));
            if (!found.getNextStep().isEmpty()) {
                table.row(Cell.of(""), Cell.of(""), Cell.of("next: " + found.getNextStep()));
            }
        }
        return table;
    }

    private static Cell level(FindingLevel level) {
        return switch (level) {
            case FINDING_FINE -> new Cell("ok", Style.GOOD);
            case FINDING_ADVICE -> new Cell("advice", Style.WARN);
            case FINDING_TROUBLE, FINDING_LEVEL_UNSPECIFIED, UNRECOGNIZED -> new Cell("trouble", Style.BAD);
        };
    }
}
