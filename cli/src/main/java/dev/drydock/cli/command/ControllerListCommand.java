package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.proto.v1.Controller;
import dev.drydock.proto.v1.ListControllersRequest;
import dev.drydock.proto.v1.ListControllersResponse;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code drydock controller list}. */
@Command(
        name = "list",
        description = {
            "Lists the controllers that share the database: which of them leads, since when and in which term, when each was"
                    + " seen last, and how many agents come by it.",
            "A controller with a database of its own is the only one."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  drydock controller list", "  drydock controller list --output json"})
public final class ControllerListCommand implements Callable<Integer> {
    private final App app;

    public ControllerListCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() {
        ListControllersResponse answer =
                app.api().controllers().listControllers(ListControllersRequest.getDefaultInstance());
        Output output = app.output();
        List<String> names =
                answer.getControllersList().stream().map(Controller::getName).toList();
        output.answer(answer, names, () -> {
            Table table = Table.of("CONTROLLER", "VERSION", "ROLE", "TERM", "LEADS SINCE", "LAST SEEN", "AGENTS");
            answer.getControllersList()
                    .forEach(one -> table.row(
                            Cell.of(one.getName()),
                            Cell.of(one.getVersion()),
                            one.getLeads() ? new Cell("leader", Style.GOOD) : Cell.of("follower"),
                            Cell.orDash(one.getTerm() == 0 ? "" : String.valueOf(one.getTerm())),
                            Cell.orDash(one.hasLeadsSince() ? output.times().atAndRelative(one.getLeadsSince()) : ""),
                            Cell.of(output.times().atAndRelative(one.getSeenAt())),
                            Cell.of(one.getAgents())));
            return output.list(table, "No controllers.");
        });
        return ExitCode.DONE;
    }
}
