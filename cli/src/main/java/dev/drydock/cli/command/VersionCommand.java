package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.output.Output;
import dev.drydock.proto.v1.GetVersionRequest;
import dev.drydock.proto.v1.GetVersionResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drydock version}. */
@Command(
        name = "version",
        description = "Prints the version of this program, and of the controller with --controller.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock version", "  drydock version --controller"})
public final class VersionCommand implements Callable<Integer> {
    private final App app;

    @Option(names = "--controller", description = "Ask the controller for its version too.")
    private boolean controller;

    public VersionCommand(App app) {
        this.app = app;
    }

    /** Of this program. */
    static String own() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public Integer call() {
        String own = own();
        Output output = app.output();
        if (!controller) {
            output.answer(
                    GetVersionResponse.newBuilder().setVersion(own).build(),
                    List.of(own),
                    () -> List.of("drydock " + own));
            return 0;
        }
        GetVersionResponse answer = app.api().system().getVersion(GetVersionRequest.getDefaultInstance());
        output.answer(
                answer,
                List.of(answer.getVersion()),
                () -> List.of(
                        "drydock     " + own,
                        "controller  " + answer.getVersion() + " at "
                                + app.api().target().address(),
                        "CA          SHA-256 " + answer.getCaFingerprint()));
        return 0;
    }
}
