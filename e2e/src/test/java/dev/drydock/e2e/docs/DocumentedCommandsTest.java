package dev.drydock.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.docs.Page.Block;
import dev.drydock.e2e.docs.ShellCalls.Call;
import dev.drydock.e2e.docs.TypedText.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Every call of our programs in a document is one that the program takes. */
class DocumentedCommandsTest {
    /** Made once: it takes a second to read all commands' annotations, and a parse leaves nothing behind. */
    private static final Map<String, CommandLine> COMMANDS = Map.of(
            "drydock", dev.drydock.cli.Main.commands().setCaseInsensitiveEnumValuesAllowed(true),
            "drydock-controller", dev.drydock.controller.Main.commands(),
            "drydock-agent", dev.drydock.agent.Main.commands().setCaseInsensitiveEnumValuesAllowed(true));

    @Test
    void everyCallIsOneThatTheProgramTakes() {
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> read = new TreeMap<>();
        for (Page page : Page.all()) {
            for (Block block : page.blocks()) {
                for (Statement statement : TypedText.statements(page, block)) {
                    for (Call call : statement.calls()) {
                        String program = TypedText.program(call);
                        read.merge(program, 1, Integer::sum);
                        problem(program, call.words().subList(1, call.words().size()))
                                .lines()
                                .forEach(line -> wrong.add(page.name() + ":" + call.line() + ": "
                                        + String.join(" ", call.words()) + "\n    " + line));
                    }
                }
            }
        }
        System.out.println("documented calls read: " + read);

        assertThat(wrong).isEmpty();
        assertThat(read.keySet()).containsExactlyInAnyOrderElementsOf(TypedText.PROGRAMS);
        assertThat(read.get("drydock")).isGreaterThan(200);
    }

    /** Empty: there is none. */
    private static String problem(String program, List<String> arguments) {
        CommandLine commands = Objects.requireNonNull(COMMANDS.get(program));
        List<String> given = new ArrayList<>(arguments);
        if (!given.isEmpty() && program.equals("drydock") && given.getFirst().equals("hosts")) {
            given.set(0, "host"); // as Main does
        }
        try {
            CommandLine last = commands.parseArgs(given.toArray(String[]::new))
                    .asCommandLineList()
                    .getLast();
            boolean help = last.isUsageHelpRequested() || last.isVersionHelpRequested();
            // What another program is started with is read by that one.
            boolean handedOn = !last.getUnmatchedArguments().isEmpty();
            return help || handedOn || last.getSubcommands().isEmpty() ? "" : "says not what to do";
        } catch (ParameterException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void noBlockWithoutALanguageHoldsCommands() {
        List<String> unmarked = new ArrayList<>();
        for (Page page : Page.all()) {
            for (Block block : page.blocks()) {
                boolean synopsis =
                        block.text().stream().anyMatch(line -> line.matches(".*(\\[--|\\|--|\\u2026\\]|\\[, ?).*"));
                if (block.language().isEmpty() && !synopsis) {
                    block.text().stream()
                            .filter(line -> line.matches("(\\$ )?(sudo )?drydock(-agent|-controller)? [a-z].*"))
                            .limit(1)
                            .forEach(line -> unmarked.add(page.name() + ":" + block.line() + ": " + line));
                }
            }
        }

        assertThat(unmarked).as("mark them as sh or console").isEmpty();
    }

    /** No rule and no exception outlives what it was made for. */
    @Test
    void everyRuleOfTypingAndEveryExceptionIsOfUse() {
        List<Statement> all = Page.all().stream()
                .flatMap(page -> page.blocks().stream()
                        .filter(block -> block.journey().isEmpty())
                        .flatMap(block -> TypedText.statements(page, block).stream()))
                .toList();

        assertThat(new Typing().unused(all)).as("documents/rules.txt").isEmpty();
        assertThat(NotTyped.ALL.stream().filter(entry -> all.stream().noneMatch(entry::covers)))
                .isEmpty();
    }
}
