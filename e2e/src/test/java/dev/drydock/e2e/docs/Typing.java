package dev.drydock.e2e.docs;

import dev.drydock.e2e.docs.TypedText.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What there has to be before something of a document can be typed, what stands for its placeholders, what a person answers, and
 * which exit code it has: rules of {@code documents/rules.txt}. All that fit a statement hold for it.
 */
final class Typing {
    private static final Pattern KEYWORD = Pattern.compile("  (on|before|after|typed|code|instead) (.+)");
    private static final Pattern CAPTURED = Pattern.compile("\\{(\\d)}");

    private record Line(String keyword, String text) {}

    private record Rule(Pattern pattern, List<Line> lines) {}

    /**
     * A statement with what goes with it, in shell.
     *
     * @param typed what is typed when it asks
     */
    record Prepared(Statement statement, String text, String before, String after, String typed, int exitCode) {
        /** Any but 0. */
        private static final int FAILURE = -1;

        boolean fails() {
            return exitCode == FAILURE;
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    Typing() {
        for (String line : resource("rules.txt").lines().toList()) {
            Matcher keyword = KEYWORD.matcher(line);
            if (line.startsWith("/") && line.endsWith("/")) {
                rules.add(new Rule(
                        Pattern.compile(line.substring(1, line.length() - 1), Pattern.DOTALL), new ArrayList<>()));
            } else if (keyword.matches()) {
                rules.getLast().lines().add(new Line(keyword.group(1), keyword.group(2)));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw new IllegalStateException("documents/rules.txt is not understood: " + line);
            }
        }
    }

    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Typing.class.getResourceAsStream("/documents/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Prepared prepare(Statement statement) {
        String text = statement.text();
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        String typed = "printf 'y\\ny\\n'";
        int exitCode = NotTyped.of(statement).isPresent() ? Prepared.FAILURE : 0;
        for (Rule rule : rules) {
            Matcher matcher = rule.pattern().matcher(statement.text());
            if (!matcher.find() || !isOn(rule, statement.page())) {
                continue;
            }
            for (Line line : rule.lines()) {
                String value = filled(line.text(), matcher);
                switch (line.keyword()) {
                    case "before" -> before.append(value).append('\n');
                    case "after" -> after.append(value).append('\n');
                    case "typed" -> typed = value;
                    case "code" -> exitCode = Integer.parseInt(value);
                    case "instead" -> {
                        String[] sides = value.split(" => ", 2);
                        text = text.replace(sides[0], sides[1]);
                    }
                    default -> {} // on
                }
            }
        }
        return new Prepared(statement, text, before.toString(), after.toString(), typed, exitCode);
    }

    private static boolean isOn(Rule rule, String page) {
        return rule.lines().stream()
                .filter(line -> line.keyword().equals("on"))
                .allMatch(line -> List.of(line.text().split(" ")).contains(page));
    }

    private static String filled(String text, Matcher found) {
        return CAPTURED.matcher(text)
                .replaceAll(hole -> Matcher.quoteReplacement(
                        Objects.requireNonNullElse(found.group(Integer.parseInt(hole.group(1))), "")));
    }

    /** Patterns that fit none of these. */
    List<String> unused(List<Statement> statements) {
        return rules.stream()
                .filter(rule -> statements.stream()
                        .noneMatch(statement ->
                                rule.pattern().matcher(statement.text()).find() && isOn(rule, statement.page())))
                .map(rule -> rule.pattern().pattern())
                .toList();
    }
}
