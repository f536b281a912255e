package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cli.client.Channels;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A call that is understood by its noun and verb alone is understood as by the tree of all commands. */
class StraightTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void nounsAreNamedAsTheirClassesSay() {
        CommandTree.whole(app()).getSubcommands().forEach((name, noun) -> assertThat(noun.getCommand()
                        .getClass()
                        .getAnnotation(CommandLine.Command.class)
                        .name())
                .isEqualTo(name));
    }

    @Test
    void aVerbAloneTakesWhatItTakesAmongAll() {
        Map<String, CommandLine> nouns = CommandTree.whole(app()).getSubcommands();
        List<List<String>> verbs = nouns.values().stream()
                .flatMap(noun ->
                        noun.getSubcommands().keySet().stream().map(verb -> List.of(noun.getCommandName(), verb)))
                .toList();
        assertThat(verbs).hasSizeGreaterThan(80);
        for (List<String> verb : verbs) {
            CommandSpec all = spec(nouns, verb);
            CommandTree.tree(app(), verb).ifPresent(root -> {
                CommandSpec alone = spec(root.getSubcommands(), verb);
                assertThat(arguments(alone)).isEqualTo(arguments(all));
                assertThat(alone.qualifiedName()).isEqualTo(all.qualifiedName());
            });
            // What is not a method of its noun needs the tree of all.
            boolean method = all.userObject() instanceof java.lang.reflect.Method;
            assertThat(CommandTree.tree(app(), verb).isPresent()).as("%s", verb).isEqualTo(method);
        }
    }

    @Test
    void helpMistakesAndCompletionAreLeftToTheWholeTree() {
        for (String call : List.of(
                "host list --help",
                "host list --nonsense",
                "host lst",
                "host",
                "host show",
                "completion bash",
                "nonsense x")) {
            try (App app = app()) {
                assertThat(CommandTree.straight(app, List.of(call.split(" "))))
                        .as(call)
                        .isEmpty();
            }
        }
        assertThat(written.size()).isZero();
    }

    private static CommandSpec spec(Map<String, CommandLine> nouns, List<String> verb) {
        CommandLine noun = Objects.requireNonNull(nouns.get(verb.getFirst()));
        return Objects.requireNonNull(noun.getSubcommands().get(verb.getLast())).getCommandSpec();
    }

    private static List<String> arguments(CommandSpec spec) {
        return Stream.concat(
                        spec.options().stream()
                                .map(option -> List.of(option.names()) + " " + option.arity() + " " + option.required()
                                        + option.inherited() + option.defaultValue()),
                        spec.positionalParameters().stream()
                                .map(parameter -> parameter.index() + " " + parameter.arity() + parameter.paramLabel()))
                .toList();
    }

    private App app() {
        PrintStream out = new PrintStream(written, true, java.nio.charset.StandardCharsets.UTF_8);
        Channels none = target -> {
            throw new AssertionError("nothing is asked here");
        };
        return new App(new Environment(
                Map.of(),
                new SystemTerminal(Clock.systemUTC()),
                InputStream.nullInputStream(),
                out,
                out,
                Clock.systemUTC(),
                none));
    }
}
