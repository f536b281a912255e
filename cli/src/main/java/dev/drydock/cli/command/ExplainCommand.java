package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.ExplainRequest;
import dev.drydock.proto.v1.ExplainedKind;
import dev.drydock.proto.v1.Explanation;
import dev.drydock.proto.v1.NextStep;
import dev.drydock.proto.v1.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock explain}. */
@Command(
        name = "explain",
        description = {
            "Says why a rollout, a run or a host stands as it does, from the record, and what to do next.",
            "Why did this host not run? Why was it put back? What does this rollout wait for?"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock explain web-0001",
            "  drydock explain web-01 --kind host",
            "  drydock explain r-01JDA7Q6P4M3X9ZC5V8T2K0BWE"
        })
public final class ExplainCommand implements Callable<Integer> {
    /** What is explained. */
    enum Kind {
        ROLLOUT(ExplainedKind.EXPLAINED_ROLLOUT),
        RUN(ExplainedKind.EXPLAINED_RUN),
        HOST(ExplainedKind.EXPLAINED_HOST);

        private final ExplainedKind message;

        Kind(ExplainedKind message) {
            this.message = message;
        }
    }

    private final App app;

    @Parameters(paramLabel = "NAME", description = "A rollout's name, a run's id or a host's name.")
    private String name = "";

    @Option(names = "--kind", paramLabel = "KIND", description = "rollout, run or host, where several have the name.")
    private @Nullable Kind kind;

    public ExplainCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() {
        ExplainRequest.Builder request = ExplainRequest.newBuilder().setName(name);
        if (kind != null) {
            request.setKind(kind.message);
        }
        Explanation answer = app.api().explanations().explain(request.build());
        Output output = app.output();
        output.answer(answer, List.of(answer.getName()), () -> lines(answer, output.times()));
        return ExitCode.DONE;
    }

    private static List<String> lines(Explanation answer, Times times) {
        List<String> lines = new ArrayList<>();
        lines.add(answer.getSummary());
        if (answer.getStatementsCount() > 0) {
            lines.add("");
        }
        for (Statement statement : answer.getStatementsList()) {
            String when = statement.hasAt() ? times.at(statement.getAt()) + "  " : "";
            lines.add("- " + when + statement.getText());
            if (statement.getHostsCount() > 0) {
                int more = statement.getHostCount() - statement.getHostsCount();
                lines.add(
                        "  " + String.join(" ", statement.getHostsList()) + (more > 0 ? " and " + more + " more" : ""));
            }
        }
        if (answer.getNextStepsCount() > 0) {
            lines.add("");
            lines.add("What to do:");
        }
        for (NextStep next : answer.getNextStepsList()) {
            lines.add("- " + next.getText());
            if (!next.getCommand().isEmpty()) {
                lines.add("    " + next.getCommand());
            }
        }
        return lines;
    }
}
