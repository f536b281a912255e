package dev.drydock.cli.output;

import com.google.protobuf.MessageOrBuilder;
import dev.drydock.cli.CliException;
import dev.drydock.playbooks.document.JsonWriter;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Prints one command's answer as asked for: answers to standard output, hints to standard error.
 *
 * @param width columns to fit into; empty where it is not a terminal
 */
public record Output(
        PrintStream out,
        PrintStream err,
        OutputFormat format,
        boolean quiet,
        Paint paint,
        OptionalInt width,
        Times times) {
    /**
     * Prints an answer: the names with --quiet, else the message as JSON or YAML, else what is for people.
     *
     * @param names one a line for --quiet
     */
    public void answer(MessageOrBuilder message, List<String> names, Supplier<List<String>> forPeople) {
        answer(message, names, forPeople, () -> {
            throw noCsv();
        });
    }

    public void answer(
            MessageOrBuilder message,
            List<String> names,
            Supplier<List<String>> forPeople,
            Supplier<List<String>> csv) {
        if (quiet) {
            print(names);
            return;
        }
        switch (format) {
            case TABLE -> print(forPeople.get());
            case JSON -> out.println(Messages.json(message));
            case YAML -> out.println(Messages.yaml(message));
            case CSV -> print(csv.get());
            case JUNIT, HTML, PDF -> throw onlyReports();
        }
    }

    /**
     * The same for an answer that no message describes.
     *
     * @param tree maps, lists, texts, whole numbers and truth values
     */
    public void answer(Map<String, ?> tree, List<String> names, Supplier<List<String>> forPeople) {
        if (quiet) {
            print(names);
            return;
        }
        switch (format) {
            case TABLE -> print(forPeople.get());
            case JSON -> out.println(JsonWriter.text(tree));
            case YAML -> out.println(Messages.yaml(tree));
            case CSV -> throw noCsv();
            case JUNIT, HTML, PDF -> throw onlyReports();
        }
    }

    private static CliException noCsv() {
        return CliException.usage("This command does not print csv.", "Reports do. Take --output json or yaml here.");
    }

    private CliException onlyReports() {
        return CliException.usage(
                "This command does not print " + format + ".",
                "report compliance and report contract do. Take --output json or yaml here.");
    }

    /** A list: its rows, or one line saying that there are none. */
    public List<String> list(Table table, String whenEmpty) {
        return table.isEmpty() ? List.of(whenEmpty) : render(table);
    }

    public List<String> render(Table table) {
        return table.render(width, paint);
    }

    public void print(List<String> lines) {
        lines.forEach(out::println);
    }

    /** For people only: nothing with --quiet, JSON or YAML. */
    public void hint(String line) {
        if (!quiet && format == OutputFormat.TABLE) {
            err.println(line);
        }
    }
}
