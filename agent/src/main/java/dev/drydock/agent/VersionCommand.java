package dev.drydock.agent;

import dev.drydock.agent.config.AgentVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code drydock-agent version}. */
@Command(name = "version", description = "Prints the version of this program.")
final class VersionCommand implements Callable<Integer> {
    private final Main.Terminal terminal;

    VersionCommand(Main.Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().println("drydock-agent " + AgentVersion.get());
        return ExitCode.DONE;
    }
}
