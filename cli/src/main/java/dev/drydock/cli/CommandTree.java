package dev.drydock.cli;

import dev.drydock.cli.command.CompletionCommand;
import dev.drydock.cli.command.HostCommands;
import dev.drydock.cli.command.KeyCommands;
import dev.drydock.cli.command.LoginCommand;
import dev.drydock.cli.command.OtherPrograms;
import dev.drydock.cli.command.PlaybookCommands;
import dev.drydock.cli.command.ReportCommands;
import dev.drydock.cli.command.RolloutCommands;
import dev.drydock.cli.command.RunCommands;
import dev.drydock.cli.command.TokenCommands;
import dev.drydock.cli.command.VersionCommand;
import dev.drydock.cli.command.WindowCommands;
import dev.drydock.cli.output.Paint;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** Puts the commands together: {@code drydock NOUN VERB}. */
final class CommandTree {
    private static final int WIDEST_HELP = 100;

    private CommandTree() {}

    static CommandLine of(App app) {
        CommandLine root = new CommandLine(new Drydock(app.options()));
        root.addSubcommand(new LoginCommand(app));
        root.addSubcommand(new TokenCommands(app));
        root.addSubcommand(new HostCommands(app));
        root.addSubcommand(new KeyCommands(app));
        root.addSubcommand(new PlaybookCommands(app));
        root.addSubcommand(new WindowCommands(app));
        root.addSubcommand(new RolloutCommands(app));
        root.addSubcommand(new RunCommands(app));
        root.addSubcommand(new ReportCommands(app));
        root.addSubcommand(OtherPrograms.controller());
        root.addSubcommand(OtherPrograms.agent());
        root.addSubcommand(new VersionCommand(app));
        root.addSubcommand(new CompletionCommand(app));

        ErrorReporter errors = new ErrorReporter(app);
        Terminal terminal = app.environment().terminal();
        root.setOut(new PrintWriter(app.environment().out(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(app.environment().err(), true, StandardCharsets.UTF_8));
        root.setExecutionExceptionHandler(errors);
        root.setParameterExceptionHandler(errors);
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setColorScheme(
                Help.defaultColorScheme(app.paint(terminal.output()) == Paint.ANSI ? Help.Ansi.ON : Help.Ansi.OFF));
        root.setUsageHelpWidth(
                terminal.output() ? Math.clamp(terminal.size().columns(), 60, WIDEST_HELP) : WIDEST_HELP);
        HelpLayout.install(root);
        return root;
    }
}
