package dev.drydock.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What comes first of a call.
 *
 * @param commands makes the object with the annotations of {@code type}
 * @param below likewise: what comes below it besides its own methods
 */
record Noun(String name, Class<?> type, Supplier<Object> commands, List<Supplier<Object>> below) {
    Noun(String name, Class<?> type, Supplier<Object> commands) {
        this(name, type, commands, List.of());
    }

    CommandSpec light() {
        CommandSpec spec = CommandSpec.create().name(name());
        spec.usageMessage().description(type.getAnnotation(Command.class).description());
        return spec;
    }

    CommandLine whole() {
        CommandLine line = new CommandLine(commands.get());
        below.forEach(more -> line.addSubcommand(more.get()));
        return line;
    }

    /** With this verb alone; empty where there is none, or it is not a method. */
    Optional<CommandLine> only(String verb) {
        return Verbs.find(type, verb)
                .map(method -> new CommandLine(CommandSpec.wrapWithoutInspection(commands.get())
                        .name(name)
                        .addSubcommand(verb, new CommandLine(method))));
    }

    /** It takes no verb. */
    boolean alone() {
        return below.isEmpty() && Verbs.none(type);
    }
}
