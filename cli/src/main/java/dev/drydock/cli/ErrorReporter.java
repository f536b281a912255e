package dev.drydock.cli;

import dev.drydock.cli.client.RpcErrors;
import dev.drydock.cli.output.Paint;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Width;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Every error as a person needs it, on standard error: what and where and why, then the next step. */
final class ErrorReporter implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final App app;

    ErrorReporter(App app) {
        this.app = app;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        CliException told =
                switch (e) {
                    case CliException known -> known;
                    case StatusRuntimeException rpc -> RpcErrors.explain(rpc, app.connectedTo());
                    default ->
                        CliException.failed(
                                "drydock failed in a way it should not: " + e + ".",
                                app.debug()
                                        ? "Please report it with the stack trace."
                                        : "Run it again with --debug, and report it.");
                };
        boolean unknown =
                e instanceof StatusRuntimeException rpc && rpc.getStatus().getCode() == Status.Code.NOT_FOUND;
        print(told.getMessage(), told.nextStep().isEmpty() && unknown ? whatThereIs(command) : told.nextStep());
        if (app.debug()) {
            e.printStackTrace(app.environment().err());
        }
        return told.exitCode();
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String help = "See " + command.getCommandSpec().qualifiedName() + " --help.";
        String hint = e instanceof UnmatchedArgumentException unmatched
                ? suggestion(unmatched)
                                .map(name -> "Did you mean " + name + "? ")
                                .orElse("")
                        + help
                : help;
        print(sentence(String.valueOf(e.getMessage())), hint);
        return ExitCode.USAGE;
    }

    /** After a name that the controller does not know: the command that lists those that it does. */
    private static String whatThereIs(CommandLine command) {
        CommandLine noun = command.getParent();
        return noun != null && hasList(noun)
                ? "See what there is: " + noun.getCommandSpec().qualifiedName() + " list."
                : "";
    }

    /** A tree may hold the typed verb alone. */
    private static boolean hasList(CommandLine noun) {
        return noun.getSubcommands().containsKey("list")
                || Verbs.find(noun.getCommand().getClass(), "list").isPresent();
    }

    private static String sentence(String message) {
        String first = message.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + message.substring(1);
        return first.endsWith(".") ? first : first + ".";
    }

    private static Optional<String> suggestion(UnmatchedArgumentException e) {
        if (e.getUnmatched().isEmpty()) {
            return Optional.empty();
        }
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        String typed = e.getUnmatched().getFirst();
        List<String> known = new ArrayList<>();
        if (typed.startsWith("-")) {
            spec.options().forEach(option -> known.addAll(List.of(option.names())));
            known.removeIf(name -> name.length() == 2);
        } else {
            known.addAll(spec.subcommands().keySet());
        }
        return Suggestions.nearest(typed, known);
    }

    private void print(String message, String nextStep) {
        PrintStream err = app.environment().err();
        Paint paint = app.paint(app.environment().terminal().error());
        err.println(paint.apply(Style.BAD, "drydock:") + " " + lines(message));
        if (!nextStep.isEmpty()) {
            err.println(paint.apply(Style.BOLD, "  next:") + "  " + nextStep);
        }
        err.flush();
    }

    /** Several lines stay several lines; nothing else gets through to the terminal. */
    private static String lines(String message) {
        return message.lines().map(Width::printable).collect(java.util.stream.Collectors.joining("\n"));
    }
}
