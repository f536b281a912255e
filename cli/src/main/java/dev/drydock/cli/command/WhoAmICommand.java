package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.proto.v1.User;
import dev.drydock.proto.v1.WhoAmIRequest;
import dev.drydock.proto.v1.WhoAmIResponse;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code drydock whoami}. */
@Command(
        name = "whoami",
        description = "Shows as whom you call the controller, and what that lets you do.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock whoami", "  drydock whoami --output json"})
public final class WhoAmICommand implements Callable<Integer> {
    private final App app;

    public WhoAmICommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() {
        WhoAmIResponse answer = app.api().account().whoAmI(WhoAmIRequest.getDefaultInstance());
        User user = answer.getUser();
        Output output = app.output();
        output.answer(answer, List.of(user.getName()), () -> {
            Table table = Table.plain();
            table.row("user", user.getName());
            table.row("is", UserText.grants(user.getGrantsList()));
            table.row(Cell.of("logs in with"), UserText.login(user, output.times()));
            table.row("called with", answer.getCredential());
            if (answer.getNarrowed()) {
                table.row("which gives", UserText.grants(answer.getGrantsList()));
            }
            if (answer.hasExpiresAt()) {
                table.row("until", output.times().atAndRelative(answer.getExpiresAt()));
            }
            return output.render(table);
        });
        return ExitCode.DONE;
    }
}
