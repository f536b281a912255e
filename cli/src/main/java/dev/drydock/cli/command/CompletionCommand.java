package dev.drydock.cli.command;

import dev.drydock.cli.App;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drydock completion}. */
@Command(
        name = "completion",
        description = "Prints a completion script for the shell.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(drydock completion bash)",
            "  drydock completion bash > /etc/bash_completion.d/drydock",
            "  source <(drydock completion zsh)"
        })
public final class CompletionCommand implements Callable<Integer> {
    private final App app;

    @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.BASH;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public CompletionCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() {
        // One script serves both: under zsh it loads zsh's own bash emulation.
        app.environment().out().print(AutoComplete.bash("drydock", spec.root().commandLine()));
        return 0;
    }

    /** Shells that there is a script for. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
