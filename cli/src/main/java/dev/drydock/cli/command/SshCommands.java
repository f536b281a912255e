package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.client.Agentless;
import dev.drydock.cli.output.Output;
import dev.drydock.proto.v1.DeleteAssessmentRequest;
import dev.drydock.proto.v1.ListAssessmentsResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock ssh}. */
@Command(
        name = "ssh",
        description = "Hosts without an agent, looked at over SSH.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock ssh assess -f hosts.yaml --ssh-user admin", "  drydock ssh list"})
public final class SshCommands {
    private final App app;

    public SshCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "assess",
            description = {
                "Reads what hosts are and what updates wait on them, and changes nothing there.",
                "With --submit the controller keeps it: they are listed and reported as agentless until they enrol."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock ssh assess -f hosts.yaml --ssh-user admin",
                "  drydock ssh assess -f hosts.yaml --ssh-user admin --become sudo --submit"
            })
    int assess(
            @Mixin SshOptions ssh,
            @Option(
                            names = "--refresh",
                            description =
                                    "Have package managers fetch fresh lists first, which needs root and is a change.")
                    boolean refresh,
            @Option(names = "--submit", description = "Have the controller keep what was seen.") boolean submit) {
        return new SshAssess(app).run(ssh, refresh, submit);
    }

    @Command(
            name = "list",
            description = "Lists the hosts without an agent that the controller knows of, with what waits on them.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock ssh list", "  drydock ssh list --filter 'host.packages.pending_security > 0'"})
    int list(
            @Option(
                            names = "--filter",
                            paramLabel = "CEL",
                            defaultValue = "",
                            description = "Only hosts for which this expression over 'host' is true.")
                    String filter) {
        ListAssessmentsResponse seen = Agentless.all(app.api(), filter);
        Output output = app.output();
        output.answer(
                seen,
                seen.getAssessmentsList().stream()
                        .map(host -> host.getFacts().getName())
                        .toList(),
                () -> output.list(
                        AssessView.table(seen.getAssessmentsList(), output.times()),
                        "No hosts without an agent. Look at some: drydock ssh assess -f FILE --submit."));
        return 0;
    }

    @Command(
            name = "forget",
            description = "Forgets what was seen of a host without an agent.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock ssh forget old-01", "  drydock ssh forget old-01 --yes"})
    int forget(
            @Parameters(paramLabel = "NAME", description = "The host's name.") String name,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        app.confirm(yes, "Forget what was seen of " + name + "?");
        var forgotten = app.api()
                .assessments()
                .deleteAssessment(
                        DeleteAssessmentRequest.newBuilder().setName(name).build());
        app.output().answer(forgotten, List.of(name), () -> List.of("What was seen of " + name + " is forgotten."));
        return 0;
    }
}
