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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IParameterExceptionHandler;
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

    private static final String COMPLETION = "completion";
    private static final int NARROWEST_HELP = 60;
    private static final int WIDEST_HELP = 100;

    private CommandTree() {}

    /**
     * Runs a call that begins with noun and verb, as nearly all do, by a tree of these two alone. What such a tree does not
     * understand, help, and completion, which is of all, need the tree of {@link #of}.
     *
     * @return the exit code; empty: nothing was done
     */
    static OptionalInt straight(App app, List<String> arguments) {
        return tree(app, arguments).map(root -> straight(app, root, arguments)).orElse(OptionalInt.empty());
    }

    /** Of noun and verb alone; empty where the arguments do not begin with these. */
    static Optional<CommandLine> tree(App app, List<String> arguments) {
        return branch(app, arguments).map(branch -> {
            CommandLine root = new CommandLine(new Drydock(app.options()));
            root.addSubcommand(branch.getCommandName(), branch);
            configure(root, app);
            return root;
        });
    }

    private static OptionalInt straight(App app, CommandLine root, List<String> arguments) {
        boolean[] understood = {false};
        IParameterExceptionHandler errors = root.getParameterExceptionHandler();
        root.setParameterExceptionHandler(
                (e, args) -> understood[0] ? errors.handleParseException(e, args) : ExitCode.USAGE);
        root.setExecutionStrategy(call -> {
            understood[0] = call.asCommandLineList().stream().noneMatch(CommandLine::isUsageHelpRequested);
            return understood[0] ? execute(app, call) : ExitCode.USAGE;
        });
        int exitCode = root.execute(arguments.toArray(String[]::new));
        return understood[0] ? OptionalInt.of(exitCode) : OptionalInt.empty();
    }

    private static Optional<CommandLine> branch(App app, List<String> arguments) {
        if (arguments.isEmpty() || arguments.getFirst().equals(COMPLETION)) {
            return Optional.empty();
        }
        Optional<Noun> typed = nouns(app).stream()
                .filter(noun -> noun.name().equals(arguments.getFirst()))
                .findFirst();
        if (typed.filter(Noun::alone).isPresent()) {
            return typed.map(Noun::whole);
        }
        return arguments.size() < 2 ? Optional.empty() : typed.flatMap(noun -> noun.only(arguments.get(1)));
    }

    static CommandLine of(App app, List<String> arguments) {
        boolean all = arguments.contains(COMPLETION);
        CommandLine root = new CommandLine(new Drydock(app.options()));
        for (Noun noun : nouns(app)) {
            boolean whole = all || arguments.contains(noun.name());
            root.addSubcommand(noun.name(), whole ? noun.whole() : noun.light());
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
                new Noun("login", LoginCommand.class, () -> new LoginCommand(app)),
                new Noun("user", UserCommands.class, () -> new UserCommands(app)),
                new Noun("api-token", ApiTokenCommands.class, () -> new ApiTokenCommands(app)),
                new Noun("whoami", WhoAmICommand.class, () -> new WhoAmICommand(app)),
                new Noun("token", TokenCommands.class, () -> new TokenCommands(app)),
                new Noun("host", HostCommands.class, () -> new HostCommands(app)),
                new Noun("ssh", SshCommands.class, () -> new SshCommands(app)),
                new Noun("key", KeyCommands.class, () -> new KeyCommands(app)),
                new Noun("playbook", PlaybookCommands.class, () -> new PlaybookCommands(app)),
                new Noun("artifact", ArtifactCommands.class, () -> new ArtifactCommands(app)),
                new Noun("window", WindowCommands.class, () -> new WindowCommands(app)),
                new Noun("calendar", CalendarCommands.class, () -> new CalendarCommands(app)),
                new Noun("team", TeamCommands.class, () -> new TeamCommands(app)),
                new Noun("notification", NotificationCommands.class, () -> new NotificationCommands(app)),
                new Noun("contract", ContractCommands.class, () -> new ContractCommands(app)),
                new Noun("incident", IncidentCommands.class, () -> new IncidentCommands(app)),
                new Noun("rollout", RolloutCommands.class, () -> new RolloutCommands(app)),
                new Noun("run", RunCommands.class, () -> new RunCommands(app)),
                new Noun("explain", ExplainCommand.class, () -> new ExplainCommand(app)),
                new Noun("doctor", DoctorCommand.class, () -> new DoctorCommand(app)),
                new Noun(
                        "report",
                        ReportCommands.class,
                        () -> new ReportCommands(app),
                        List.of(() -> new ReportScheduleCommands(app))),
                new Noun("audit", AuditCommands.class, () -> new AuditCommands(app)),
                new Noun("policy", PolicyCommands.class, () -> new PolicyCommands(app)),
                new Noun("waiver", WaiverCommands.class, () -> new WaiverCommands(app)),
                new Noun("vulnerability", VulnerabilityCommands.class, () -> new VulnerabilityCommands(app)),
                new Noun("feed", FeedCommands.class, () -> new FeedCommands(app)),
                new Noun("apply", ApplyCommand.class, () -> new ApplyCommand(app)),
                new Noun("export", ExportCommand.class, () -> new ExportCommand(app)),
                new Noun("simulate", SimulateCommand.class, () -> new SimulateCommand(app)),
                new Noun("support-bundle", SupportBundleCommand.class, () -> new SupportBundleCommand(app)),
                new Noun(
                        "controller",
                        OtherPrograms.Controller.class,
                        OtherPrograms.Controller::new,
                        List.of(() -> new ControllerListCommand(app))),
                new Noun("agent", OtherPrograms.Agent.class, OtherPrograms.Agent::new),
                new Noun("version", VersionCommand.class, () -> new VersionCommand(app)),
                new Noun(COMPLETION, CompletionCommand.class, () -> new CompletionCommand(app)));
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
