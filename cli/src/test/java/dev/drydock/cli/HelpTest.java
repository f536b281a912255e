package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cli.client.TlsChannels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Help, the reference and completion know every command. */
class HelpTest extends FunctionalTest {
    private static final Path REFERENCE = Path.of("../docs/cli.md");
    private static final String GENERATED = "<!-- From here on written by HelpTest: GOLDEN=write. -->";

    private static CommandLine tree() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return CommandTree.whole(new App(new Environment(
                Map.of(),
                TestingTerminal.NONE,
                new ByteArrayInputStream(new byte[0]),
                nowhere,
                nowhere,
                Clock.systemUTC(),
                new TlsChannels())));
    }

    /** Those that do something: verbs, and nouns without verbs. */
    static Stream<CommandLine> commands() {
        return tree().getSubcommands().values().stream().flatMap(HelpTest::under);
    }

    private static Stream<CommandLine> under(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(command)
                : command.getSubcommands().values().stream().flatMap(HelpTest::under);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithExamplesThatFitsAHundredColumns(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();

        Shell.Ended ended =
                shell.run((name + " --help").substring("drydock ".length()).split(" "));

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).startsWith("Usage: " + name).contains("Examples:", "\n  drydock ");
        assertThat(ended.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        assertThat(ended.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "rollout", "rollout create", "report compliance"})
    void whatPeopleReadFirst(String command) {
        String call = (command + " --help").strip();

        Golden.check(
                "help-" + command.replace(' ', '-'), shell.run(call.split(" ")).out());
    }

    @Test
    void aCallBuildsOnlyTheNounThatItMentionsButListsAll() {
        String all = shell.run("--help").out();

        assertThat(tree().getSubcommands().keySet())
                .allSatisfy(noun -> assertThat(all).contains("\n  " + noun));
    }

    /** Its second part is the help of every command; {@code GOLDEN=write} writes it anew. */
    @Test
    void theReferenceHoldsTheHelpOfEveryCommand() throws IOException {
        String reference = Files.readString(REFERENCE);
        String byHand = reference.substring(0, reference.indexOf(GENERATED) + GENERATED.length());
        StringBuilder whole = new StringBuilder(byHand).append('\n');
        commands().forEach(command -> {
            String name = command.getCommandSpec().qualifiedName();
            String help = shell.run(
                            (name + " --help").substring("drydock ".length()).split(" "))
                    .out();
            whole.append("\n### ")
                    .append(name)
                    .append("\n\n```text\n")
                    .append(help)
                    .append("```\n");
        });

        if (Golden.WRITE) {
            Files.writeString(REFERENCE, whole);
        }
        assertThat(Files.readString(REFERENCE)).isEqualTo(whole.toString());
    }

    @Test
    void examplesAreCallsThatExist() throws IOException {
        Map<String, CommandLine> nouns = tree().getSubcommands();
        TreeSet<String> unknown = new TreeSet<>();
        List<String> lines = new ArrayList<>(Files.readAllLines(REFERENCE));
        lines.addAll(Files.readAllLines(Path.of("../docs/install.md")));
        lines.addAll(Files.readAllLines(Path.of("../README.md")));
        for (String line : lines) {
            String[] words = line.strip().split(" +");
            if (!words[0].equals("drydock") || words.length < 2 || words[1].startsWith("-")) {
                continue;
            }
            CommandLine noun = nouns.get(words[1]);
            boolean other = words[1].equals("controller") || words[1].equals("agent");
            boolean known = noun != null
                    && (other
                            || noun.getSubcommands().isEmpty()
                            || noun.getSubcommands().containsKey(words.length > 2 ? words[2] : ""));
            if (!known) {
                unknown.add(line);
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void bashCompletesVerbsAndOptions() throws Exception {
        Path script = shell.file("drydock.bash", shell.run("completion", "bash").out());

        assertThat(completions(script, "drydock rollout ''")).contains("create", "watch", "abort");
        assertThat(completions(script, "drydock rollout create --fail")).containsExactly("--failure-threshold");
        assertThat(completions(script, "drydock host list --output ''")).contains("json", "yaml");
    }

    private List<String> completions(Path script, String words) throws Exception {
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source " + script + "; COMP_WORDS=(" + words + "); COMP_CWORD=$((${#COMP_WORDS[@]}-1));"
                                + " _complete_drydock; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .toList();
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return answer;
    }
}
