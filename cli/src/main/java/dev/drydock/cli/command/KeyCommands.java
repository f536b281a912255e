package dev.drydock.cli.command;

import dev.drydock.cli.App;
import picocli.CommandLine.Command;

@Command(name = "key", description = "x")
public final class KeyCommands {
    public KeyCommands(App app) {}
}
