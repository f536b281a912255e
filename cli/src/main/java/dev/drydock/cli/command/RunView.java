package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.States;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.cli.output.Width;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import dev.drydock.proto.v1.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How one run looks to people. */
final class RunView {
    private RunView() {}

    static List<String> details(Run run, Output output) {
        List<String> lines = new ArrayList<>(output.render(head(run, output.times())));
        if (run.getStepsCount() > 0) {
            lines.add("");
            lines.addAll(output.render(steps(run)));
        }
        run.getStepsList().stream()
                .filter(step -> !step.getTail().isBlank())
                .filter(step -> step.getState() == StepState.FAILED
                        || step.getState() == StepState.STEP_ROLLBACK_FAILED
                        || step.getExitCode() != 0)
                .forEach(step -> {
                    lines.add("");
                    lines.add("last lines of \"" + Width.printable(step.getName()) + "\":");
                    step.getTail().lines().forEach(line -> lines.add("  " + Width.printable(line)));
                });
        if (run.getResult().getChangesCount() > 0) {
            lines.add("");
            if (run.getState() == RunState.ROLLED_BACK) {
                lines.add("changed, and put back:");
            }
            lines.addAll(output.render(changes(run.getResult().getChangesList())));
        }
        if (run.getResult().getRollbackEvidenceCount() > 0) {
            lines.add("");
            lines.add("rolled back, and verified by:");
            run.getResult().getRollbackEvidenceList().forEach(line -> lines.add("  " + Width.printable(line)));
        }
        return lines;
    }

    private static Table head(Run run, Times times) {
        Table table = Table.plain();
        table.row("run", run.getId());
        table.row("host", run.getHost());
        table.row(Cell.of("state"), States.cell(run.getState()));
        if (!run.getReason().isEmpty()) {
            table.row("reason", run.getReason());
        }
        table.row("playbook", run.getPlaybook() + " " + run.getPlaybookDigest());
        table.row("rollout", run.getRollout().isEmpty() ? "-" : run.getRollout());
        table.row("offered", times.atAndRelative(run.getOfferedAt()));
        table.row("started", times.atAndRelative(run.getStartedAt()));
        table.row("ended", times.atAndRelative(run.getEndedAt()));
        table.row("window closes", times.atAndRelative(run.getWindowCloses()));
        return table;
    }

    private static Table steps(Run run) {
        Table table = Table.of("PHASE", "STEP", "STATE", "TOOK", "SAYS");
        for (StepTransition step : run.getStepsList()) {
            table.row(
                    Cell.of(phase(step.getPhase())),
                    Cell.of(step.getName()),
                    new Cell(States.word(step.getState()), States.style(step.getState())),
                    step.hasTook() ? Cell.of(took(Times.duration(step.getTook()))) : new Cell("-", Style.DIM),
                    Cell.orDash(step.getReason().isEmpty() ? step.getMeasured() : step.getReason()));
        }
        return table;
    }

    private static String phase(StepTransition.Phase phase) {
        return switch (phase) {
            case PHASE_PREFLIGHT -> "preflight";
            case PHASE_STEPS -> "step";
            case PHASE_VERIFY -> "verify";
            case PHASE_UNSPECIFIED, UNRECOGNIZED -> "-";
        };
    }

    static String took(Duration took) {
        return took.toMillis() < 10_000 ? took.toMillis() / 100 / 10.0 + " s" : Times.rough(took);
    }

    static Table changes(List<Change> changes) {
        Table table = Table.of("CHANGED", "NAME", "FROM", "TO");
        changes.forEach(change -> table.row(
                Cell.of(change.getKind()),
                Cell.of(change.getName()),
                Cell.orDash(change.getFrom()),
                Cell.orDash(change.getTo())));
        return table;
    }
}
