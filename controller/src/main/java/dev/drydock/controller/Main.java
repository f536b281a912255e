package dev.drydock.controller;

import dev.drydock.controller.backup.BackupException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code drydock-controller}. */
@Command(
        name = "drydock-controller",
        description = "Distributes signed playbooks to agents and keeps the record of what came of it.",
        subcommands = {
            RunCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            CaCommand.class,
            ResetAdminCommand.class,
            MembersCommand.class,
            DoctorCommand.class,
            VersionCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock-controller run --data /var/lib/drydock --advertise drydock.example.com",
            "  drydock-controller ca fingerprint --data /var/lib/drydock",
            "",
            "Exit codes: 0 stopped as asked, 1 failed, 2 wrong usage. The manual is docs/controller.md."
        })
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] args) {
        Logging.start();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /** All commands, for who describes them: the packages' manual pages. */
    public static CommandLine commands() {
        return new CommandLine(new Main());
    }

    /** One call of the program. Returns its exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        return commands()
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println("drydock-controller: " + told(e));
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .setParameterExceptionHandler((e, arguments) -> {
                    CommandLine command = e.getCommandLine();
                    command.getErr().println("drydock-controller: " + e.getMessage());
                    command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help.");
                    return CommandLine.ExitCode.USAGE;
                })
                .execute(args);
    }

    private static String told(Exception e) {
        return e instanceof StartException || e instanceof BackupException
                ? String.valueOf(e.getMessage())
                : "failed in a way it should not: " + e;
    }

    /** Without a command. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do: run, backup, restore, ca, reset-admin, members, doctor or version.");
    }
}
