package dev.drydock.cli.declare;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.OutputFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code drydock apply}: what files say is to be there comes to be there, after it was shown and somebody said yes. */
public final class Apply {
    private final App app;

    public Apply(App app) {
        this.app = app;
    }

    /**
     * @param from files, folders and {@code -}
     * @param dryRun only show the plan
     * @param prune remove what no file has, of kinds that files have
     * @param yes do not ask
     * @return the exit code
     */
    public int run(List<String> from, boolean dryRun, boolean prune, boolean yes) {
        List<Declared> documents =
                Documents.read(Sources.read(from, app.environment().in()), app.environment()::variable);
        Applying applying = new Applying(app.api());
        Plan plan = applying.plan(documents, prune);
        if (dryRun || plan.refused() || plan.steps().isEmpty()) {
            answer(plan, Map.of(), dryRun);
            if (plan.refused()) {
                throw CliException.refused(
                        "The plan has what is refused, so that nothing was done.",
                        "Correct what the plan says of it, then apply again.");
            }
            return ExitCode.DONE;
        }
        if (forPeople()) {
            app.output().print(PlanText.lines(plan, app.output().paint()));
        } else if (!yes) {
            PlanText.lines(plan, app.paint(app.environment().terminal().error()))
                    .forEach(app.environment().err()::println);
        }
        app.confirm(yes, "Do this on " + app.api().target().address() + "?");
        return carryOut(applying, plan);
    }

    private boolean forPeople() {
        Output output = app.output();
        return output.format() == OutputFormat.TABLE && !output.quiet();
    }

    private int carryOut(Applying applying, Plan plan) {
        boolean people = forPeople();
        Applying.Ended ended = applying.carryOut(plan, change -> {
            if (people) {
                app.environment().out().println("done  " + PlanText.word(change.action()) + "  " + change.what());
            }
        });
        Map<Change, String> results = new HashMap<>();
        plan.steps().forEach(step -> results.put(step, "not_done"));
        ended.done().forEach(step -> results.put(step, "done"));
        ended.failed().ifPresent(step -> results.put(step, "failed"));
        if (!people) {
            answer(plan, results, false);
        }
        ended.failure().ifPresent(why -> {
            throw why.withExitCode(ended.exitCode(), stopped(plan, ended) + why.getMessage(), again(why));
        });
        return ExitCode.DONE;
    }

    private static String stopped(Plan plan, Applying.Ended ended) {
        return "Stopped at " + ended.failed().map(Change::what).orElse("") + ", after "
                + ended.done().size() + " of " + plan.steps().size() + " steps: ";
    }

    private static String again(CliException why) {
        return (why.nextStep().isEmpty() ? "" : why.nextStep() + " ")
                + "What is done stays; the same command goes on from there.";
    }

    private void answer(Plan plan, Map<Change, String> results, boolean dryRun) {
        app.output()
                .answer(
                        PlanText.tree(plan, results, dryRun),
                        plan.steps().stream()
                                .map(step -> step.kind().word() + "/" + step.name())
                                .toList(),
                        () -> PlanText.lines(plan, app.output().paint()));
    }
}
