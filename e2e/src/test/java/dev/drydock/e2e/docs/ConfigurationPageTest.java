package dev.drydock.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.lab.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code docs/configuration.md} is made of what the programs say of their options, and of {@link Variable}. {@code -Ddrydock.docs=write} writes it anew. */
class ConfigurationPageTest {
    private static final Path PAGE = Repository.root().resolve("docs/configuration.md");

    @Test
    void thePageIsUpToDate() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Options of controller and agent

                Made of the programs' own options by `ConfigurationPageTest` (`-Ddrydock.docs=write` writes it anew). What they are for: [controller.md](controller.md), [agent.md](agent.md). Those of `drydock` are in [cli.md](cli.md).
                """);
        add(page, dev.drydock.controller.Main.commands());
        add(page, dev.drydock.agent.Main.commands());
        addVariables(page);
        if ("write".equals(System.getProperty("drydock.docs"))) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).as("run this test with -Ddrydock.docs=write").hasContent(page.toString());
    }

    @Test
    void everyVariableIsOnIt() {
        Set<String> told = new TreeSet<>();
        Variable.ALL.forEach(variable ->
                assertThat(told.add(variable.name())).as(variable.name()).isTrue());

        assertThat(told).isEqualTo(Variable.named());
    }

    private static void addVariables(StringBuilder page) {
        page.append("\n## Variables of the environment\n\n| variable | of | says |\n|---|---|---|\n");
        Variable.ALL.forEach(variable ->
                page.append("| `%s` | %s | %s |\n".formatted(variable.name(), variable.of(), variable.says())));
    }

    private static void add(StringBuilder page, CommandLine command) {
        command.getSubcommands().values().forEach(verb -> {
            page.append("\n## ")
                    .append(verb.getCommandSpec().qualifiedName())
                    .append("\n\n")
                    .append(text(verb.getCommandSpec().usageMessage().description()))
                    .append('\n');
            StringBuilder rows = new StringBuilder();
            verb.getCommandSpec().positionalParameters().forEach(argument -> rows.append(row(argument)));
            verb.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
                    .sorted(Comparator.comparing(OptionSpec::longestName))
                    .forEach(option -> rows.append(row(option)));
            if (!rows.isEmpty()) {
                page.append("\n| option | default | says |\n|---|---|---|\n").append(rows);
            }
            add(page, verb);
        });
    }

    private static String row(PositionalParamSpec argument) {
        return "| `" + cell(argument.paramLabel()) + "` | " + (argument.required() ? "needed" : "") + " | "
                + text(argument.description()) + " |\n";
    }

    private static String row(OptionSpec option) {
        String names = String.join(", ", option.names());
        String value = option.arity().max() > 0 ? " " + option.paramLabel() : "";
        String byDefault = option.required()
                ? "needed"
                : option.defaultValue() == null || option.arity().max() == 0 ? "" : "`" + option.defaultValue() + "`";
        return "| `" + cell(names + value) + "` | " + byDefault + " | "
                + text(option.description()).replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()))
                + " |\n";
    }

    private static String text(String[] lines) {
        return cell(Arrays.stream(lines)
                .map(line -> line.replace("%n", " ").replace("%%", "%"))
                .collect(Collectors.joining(" ")));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
