package dev.drydock.cli.command;

import dev.drydock.cli.App;
import picocli.CommandLine.Command;

@Command(name = "playbook", description = "x")
public final class PlaybookCommands {
    public PlaybookCommands(App app) {}
}
