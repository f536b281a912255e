package dev.drydock.cli;

import dev.drydock.cli.command.ApiTokenCommands;
import dev.drydock.cli.command.ApplyCommand;
import dev.drydock.cli.command.ArtifactCommands;
import dev.drydock.cli.command.AuditCommands;
import dev.drydock.cli.command.CalendarCommands;
import dev.drydock.cli.command.CompletionCommand;
import dev.drydock.cli.command.ContractCommands;
import dev.drydock.cli.command.ControllerListCommand;
import dev.drydock.cli.command.DoctorCommand;
import dev.drydock.cli.command.ExplainCommand;
import dev.drydock.cli.command.ExportCommand;
import dev.drydock.cli.command.FeedCommands;
import dev.drydock.cli.command.HostCommands;
import dev.drydock.cli.command.IncidentCommands;
import dev.drydock.cli.command.KeyCommands;
import dev.drydock.cli.command.LoginCommand;
import dev.drydock.cli.command.NotificationCommands;
import dev.drydock.cli.command.OtherPrograms;
import dev.drydock.cli.command.PlaybookCommands;
import dev.drydock.cli.command.PolicyCommands;
import dev.drydock.cli.command.ReportCommands;
import dev.drydock.cli.command.ReportScheduleCommands;
import dev.drydock.cli.command.RolloutCommands;
import dev.drydock.cli.command.RunCommands;
import dev.drydock.cli.command.SimulateCommand;
import dev.drydock.cli.command.SshCommands;
import dev.drydock.cli.command.SupportBundleCommand;
import dev.drydock.cli.command.TeamCommands;
import dev.drydock.cli.command.TokenCommands;
import dev.drydock.cli.command.UserCommands;
import dev.drydock.cli.command.VersionCommand;
import dev.drydock.cli.command.VulnerabilityCommands;
import dev.drydock.cli.command.WaiverCommands;
import dev.drydock.cli.command.WhoAmICommand;
import dev.drydock.cli.command.WindowCommands;
import dev.drydock.cli.output.OutputFormat;
import dev.drydock.cli.output.Paint;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Puts the commands together: {@code drydock NOUN VERB}.
 *
 * <p>To read all commands' annotations takes longer than most calls take otherwise. So a noun that the call does not mention is
 * there by name and description only: enough to list it and to suggest it, and it can be nothing else.
 */
final class CommandTree {
    /** What the controller makes files of. */
    private static final Set<String> FILES = Set.of("drydock report compliance", "drydock report contract");

    private static final int NARROWEST_HELP = 60;
    private static final int WIDEST_HELP = 100;

    /** @param commands makes the object with the annotations of {@code type} */
    private record Noun(Class<?> type, Supplier<Object> commands) {
        String name() {
            return type.getAnnotation(Command.class).name();
        }

        CommandSpec light() {
            CommandSpec spec = CommandSpec.create().name(name());
            spec.usageMessage().description(type.getAnnotation(Command.class).description());
            return spec;
        }
    }

    private CommandTree() {}

    static CommandLine of(App app, List<String> arguments) {
        boolean all = arguments.contains("completion");
        CommandLine root = new CommandLine(new Drydock(app.options()));
        for (Noun noun : nouns(app)) {
            boolean whole = all || arguments.contains(noun.name());
            root.addSubcommand(noun.name(), whole ? noun.commands().get() : noun.light());
        }
        configure(root, app);
        return root;
    }

    /** With everything, for documentation. */
    static CommandLine whole(App app) {
        return of(app, nouns(app).stream().map(Noun::name).toList());
    }

    private static List<Noun> nouns(App app) {
        return List.of(
                new Noun(LoginCommand.class, () -> new LoginCommand(app)),
                new Noun(UserCommands.class, () -> new UserCommands(app)),
                new Noun(ApiTokenCommands.class, () -> new ApiTokenCommands(app)),
                new Noun(WhoAmICommand.class, () -> new WhoAmICommand(app)),
                new Noun(TokenCommands.class, () -> new TokenCommands(app)),
                new Noun(HostCommands.class, () -> new HostCommands(app)),
                new Noun(SshCommands.class, () -> new SshCommands(app)),
                new Noun(KeyCommands.class, () -> new KeyCommands(app)),
                new Noun(PlaybookCommands.class, () -> new PlaybookCommands(app)),
                new Noun(ArtifactCommands.class, () -> new ArtifactCommands(app)),
                new Noun(WindowCommands.class, () -> new WindowCommands(app)),
                new Noun(CalendarCommands.class, () -> new CalendarCommands(app)),
                new Noun(TeamCommands.class, () -> new TeamCommands(app)),
                new Noun(NotificationCommands.class, () -> new NotificationCommands(app)),
                new Noun(ContractCommands.class, () -> new ContractCommands(app)),
                new Noun(IncidentCommands.class, () -> new IncidentCommands(app)),
                new Noun(RolloutCommands.class, () -> new RolloutCommands(app)),
                new Noun(RunCommands.class, () -> new RunCommands(app)),
                new Noun(ExplainCommand.class, () -> new ExplainCommand(app)),
                new Noun(DoctorCommand.class, () -> new DoctorCommand(app)),
                new Noun(ReportCommands.class, () -> new CommandLine(new ReportCommands(app))
                        .addSubcommand(new ReportScheduleCommands(app))),
                new Noun(AuditCommands.class, () -> new AuditCommands(app)),
                new Noun(PolicyCommands.class, () -> new PolicyCommands(app)),
                new Noun(WaiverCommands.class, () -> new WaiverCommands(app)),
                new Noun(VulnerabilityCommands.class, () -> new VulnerabilityCommands(app)),
                new Noun(FeedCommands.class, () -> new FeedCommands(app)),
                new Noun(ApplyCommand.class, () -> new ApplyCommand(app)),
                new Noun(ExportCommand.class, () -> new ExportCommand(app)),
                new Noun(SimulateCommand.class, () -> new SimulateCommand(app)),
                new Noun(SupportBundleCommand.class, () -> new SupportBundleCommand(app)),
                new Noun(OtherPrograms.Controller.class, () -> new CommandLine(new OtherPrograms.Controller())
                        .addSubcommand(new ControllerListCommand(app))),
                new Noun(OtherPrograms.Agent.class, OtherPrograms.Agent::new),
                new Noun(VersionCommand.class, () -> new VersionCommand(app)),
                new Noun(CompletionCommand.class, () -> new CompletionCommand(app)));
    }

    private static void configure(CommandLine root, App app) {
        ErrorReporter errors = new ErrorReporter(app);
        Terminal terminal = app.environment().terminal();
        root.setExpandAtFiles(false); // an argument that starts with @ is what it says
        root.setOut(new PrintWriter(app.environment().out(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(app.environment().err(), true, StandardCharsets.UTF_8));
        root.setExecutionStrategy(call -> execute(app, call));
        root.setExecutionExceptionHandler(errors);
        root.setParameterExceptionHandler(errors);
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setColorScheme(
                Help.defaultColorScheme(app.paint(terminal.output()) == Paint.ANSI ? Help.Ansi.ON : Help.Ansi.OFF));
        root.setUsageHelpWidth(
                terminal.output() ? Math.clamp(terminal.size().columns(), NARROWEST_HELP, WIDEST_HELP) : WIDEST_HELP);
        HelpLayout.install(root);
    }

    private static int execute(App app, ParseResult call) {
        CommandLine command = call.asCommandLineList().getLast();
        boolean help = command.isUsageHelpRequested();
        // Words that no verb takes are of another program, which is named.
        boolean elsewhere = !command.getUnmatchedArguments().isEmpty();
        if (!help && !elsewhere && !command.getSubcommands().isEmpty()) {
            command.usage(command.getErr());
            return ExitCode.USAGE;
        }
        boolean report = command.getCommandSpec().qualifiedName().startsWith("drydock report ");
        if (!help && app.options().output == OutputFormat.CSV && !report) {
            throw new ParameterException(command, "only reports print csv: take --output json or yaml here");
        }
        if (!help
                && (app.options().output == OutputFormat.JUNIT
                        || app.options().output.document())
                && !FILES.contains(command.getCommandSpec().qualifiedName())) {
            throw new ParameterException(
                    command,
                    "only report compliance and report contract print " + app.options().output
                            + ": take --output json or yaml here");
        }
        return new CommandLine.RunLast().execute(call);
    }
}
