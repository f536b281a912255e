package dev.drydock.agent;

import dev.drydock.agent.config.LogSetup;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.logging.Level;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code drydock-agent}. */
@Command(
        name = "drydock-agent",
        description =
                "Runs on a host: takes signed playbooks from the controller and applies them inside their windows.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock-agent enroll --controller ops.example.org:7443 --token-file token.txt",
            "  drydock-agent run",
            "  drydock-agent status --output json",
            "",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 refused."
        })
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(terminal(), args));
    }

    static Terminal terminal() {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        LogSetup.install(err, Level.WARNING, false);
        return new Terminal(System.in, out, err, InstantSource.system());
    }

    /** What a command sees of the world around it. */
    record Terminal(InputStream in, PrintWriter out, PrintWriter err, InstantSource clock) {}

    /** All commands, for who describes them: the packages' manual pages. */
    public static CommandLine commands() {
        return commands(terminal());
    }

    private static CommandLine commands(Terminal terminal) {
        CommandLine root = new CommandLine(new Main());
        root.addSubcommand(new EnrollCommand(terminal));
        root.addSubcommand(new RunCommand(terminal));
        root.addSubcommand(new MiddlewareCommand(terminal));
        root.addSubcommand(new StatusCommand(terminal));
        root.addSubcommand(new DoctorCommand(terminal));
        root.addSubcommand(new VersionCommand(terminal));
        root.getSubcommands().values().forEach(command -> command.addMixin("help", new HelpOption()));
        root.addMixin("help", new HelpOption());
        return root;
    }

    /** One call of the program, for tests too. Returns the exit code. */
    static int run(Terminal terminal, String... args) {
        Optional<RunCommand> plain = RunCommand.plain(terminal, args);
        if (plain.isPresent()) {
            try {
                return plain.get().call();
            } catch (CommandFailure e) {
                return explain(terminal, e);
            } finally {
                terminal.err().flush();
            }
        }
        return parsed(terminal, args);
    }

    private static int parsed(Terminal terminal, String... args) {
        CommandLine root = commands(terminal);
        root.setOut(terminal.out());
        root.setErr(terminal.err());
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setParameterExceptionHandler((e, given) -> {
            terminal.err().println("drydock-agent: " + e.getMessage());
            terminal.err()
                    .println("  next:  " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return ExitCode.USAGE;
        });
        root.setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof CommandFailure failure) {
                return explain(terminal, failure);
            }
            throw e;
        });
        if (args.length == 0) {
            root.usage(terminal.err());
            return ExitCode.USAGE;
        }
        try {
            // As other programs have it.
            return args[0].equals("--version") ? root.execute("version") : root.execute(args);
        } finally {
            terminal.out().flush();
            terminal.err().flush();
        }
    }

    private static int explain(Terminal terminal, CommandFailure failure) {
        terminal.err().println("drydock-agent: " + failure.getMessage());
        return failure.exitCode();
    }

    /** {@code --help} of every command. */
    private static final class HelpOption {
        @CommandLine.Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Shows this help.")
        private boolean help;
    }
}
