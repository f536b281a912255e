package dev.drydock.e2e.docs;

import dev.drydock.e2e.docs.Page.Block;
import dev.drydock.e2e.docs.ShellCalls.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What a document has somebody type: blocks of {@code sh}, the typed lines of {@code console}, and the examples of the help. */
final class TypedText {
    static final Set<String> PROGRAMS = Set.of("drydock", "drydock-controller", "drydock-agent");

    private static final Set<String> TYPED = Set.of("sh", "console");
    private static final String COMMAND_LINE = "docs/cli.md";

    private TypedText() {}

    /**
     * Something that is typed to its end before the next.
     *
     * @param line of the page on which it begins
     * @param calls of our programs in it
     * @param shown lines of its answer, as the page has them
     */
    record Statement(String page, int line, String text, List<Call> calls, List<String> shown) {
        @Override
        public String toString() {
            return page + ":" + line + ": " + text;
        }
    }

    /** The block's, in order; none of a block that nobody types. */
    static List<Statement> statements(Page page, Block block) {
        if (!block.file().isEmpty()) {
            return List.of();
        }
        if (TYPED.contains(block.language())) {
            return statements(page, block.text(), block.line(), block.language().equals("console"));
        }
        int examples = block.text().indexOf("Examples:");
        return page.name().equals(COMMAND_LINE) && examples >= 0
                ? statements(page, examples(block, examples), block.line() + examples + 1, false)
                : List.of();
    }

    /** What the page's width broke goes on in the first column. An empty line takes a line's place, so that lines keep their numbers. */
    private static List<String> examples(Block block, int heading) {
        List<String> lines = new ArrayList<>();
        int last = -1;
        for (String line : block.text().subList(heading + 1, block.text().size())) {
            if (line.startsWith("Exit codes")) {
                break;
            }
            if (!line.isBlank() && !line.startsWith(" ") && last >= 0) {
                lines.set(last, lines.get(last) + " " + line);
                lines.add("");
            } else {
                last = lines.size();
                lines.add(line.strip());
            }
        }
        return lines;
    }

    private static List<Statement> statements(Page page, List<String> lines, int first, boolean console) {
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank() || console && !lines.get(i).startsWith("$ ")) {
                continue;
            }
            int begins = i;
            StringBuilder text = new StringBuilder(console ? lines.get(i).substring(2) : lines.get(i));
            while (goesOn(text.toString()) && i + 1 < lines.size()) {
                text.append('\n').append(lines.get(++i));
            }
            List<Call> calls = ShellCalls.of(text.toString().lines().toList(), first + begins, false).stream()
                    .filter(call -> PROGRAMS.contains(program(call)))
                    .toList();
            List<String> shown = new ArrayList<>();
            while (console && i + 1 < lines.size() && !lines.get(i + 1).startsWith("$ ")) {
                shown.add(lines.get(++i));
            }
            shown.removeIf(String::isBlank);
            statements.add(new Statement(page.name(), first + begins, text.toString(), calls, List.copyOf(shown)));
        }
        return statements;
    }

    private static boolean goesOn(String text) {
        String last = text.substring(text.lastIndexOf('\n') + 1).stripTrailing();
        return last.endsWith("\\") || last.endsWith("&&") || last.endsWith("|") || ShellCalls.open(text);
    }

    static String program(Call call) {
        return Objects.requireNonNull(Path.of(call.words().getFirst()).getFileName())
                .toString();
    }
}
