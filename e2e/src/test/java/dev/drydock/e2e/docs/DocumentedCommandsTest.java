package dev.drydock.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.docs.Page.Block;
import dev.drydock.e2e.docs.ShellCalls.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Every call of our programs in a document is one that the program takes. */
class DocumentedCommandsTest {
    private static final Set<String> TYPED = Set.of("sh", "console");
    /** Made once: it takes a second to read all commands' annotations, and a parse leaves nothing behind. */
    private static final Map<String, CommandLine> COMMANDS = Map.of(
            "drydock", dev.drydock.cli.Main.commands().setCaseInsensitiveEnumValuesAllowed(true),
            "drydock-controller", dev.drydock.controller.Main.commands(),
            "drydock-agent", dev.drydock.agent.Main.commands().setCaseInsensitiveEnumValuesAllowed(true));

    private static final Set<String> PROGRAMS = COMMANDS.keySet();

    /** Calls that are not read, by what stands in them, with why. */
    private static final Map<String, String> NOT_READ =
            Map.of("https://shop.example. com/hook", "the help's width breaks the address in the middle");

    @Test
    void everyCallIsOneThatTheProgramTakes() {
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> read = new TreeMap<>();
        int executed = 0;
        for (Page page : Page.all()) {
            for (Block block : page.blocks()) {
                List<Call> calls = calls(page, block);
                for (Call call : calls) {
                    String program = program(call);
                    if (!PROGRAMS.contains(program)
                            || NOT_READ.keySet().stream().anyMatch(String.join(" ", call.words())::contains)) {
                        continue;
                    }
                    read.merge(program, 1, Integer::sum);
                    executed += block.journey().isEmpty() ? 0 : 1;
                    problem(program, call.words().subList(1, call.words().size()))
                            .lines()
                            .forEach(line -> wrong.add(page.name() + ":" + call.line() + ": "
                                    + String.join(" ", call.words()) + "\n    " + line));
                }
            }
        }
        System.out.println("documented calls read: " + read + ", of which typed on real hosts: " + executed);

        assertThat(wrong).isEmpty();
        assertThat(read.keySet()).containsExactlyInAnyOrderElementsOf(PROGRAMS);
        assertThat(read.get("drydock")).isGreaterThan(200);
        assertThat(executed).isGreaterThan(20);
    }

    /** The examples of the help, which cli.md has too, are read as if they were typed. */
    private static List<Call> calls(Page page, Block block) {
        if (TYPED.contains(block.language())) {
            return ShellCalls.of(block.text(), block.line(), block.language().equals("console"));
        }
        int examples = block.text().indexOf("Examples:");
        if (!page.name().equals("docs/cli.md") || examples < 0) {
            return List.of();
        }
        // What the page's width broke goes on in the first column.
        List<String> lines = new ArrayList<>();
        for (String line : block.text().subList(examples + 1, block.text().size())) {
            if (line.startsWith("Exit codes")) {
                break;
            }
            boolean goesOn = !line.isBlank() && !line.startsWith(" ") && !lines.isEmpty();
            lines.add(goesOn ? lines.removeLast() + " " + line : line.strip());
        }
        return ShellCalls.of(lines, block.line() + examples + 1, false);
    }

    private static String program(Call call) {
        return Objects.requireNonNull(Path.of(call.words().getFirst()).getFileName())
                .toString();
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
}
