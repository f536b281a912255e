package dev.drydock.playbooks.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the reference shows is right. */
class ReferenceTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static String reference() throws IOException {
        return Files.readString(Path.of("../docs/playbook-reference.md"));
    }

    static List<String> playbooks() throws IOException {
        return BLOCK.matcher(reference())
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("kind: Playbook"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("playbooks")
    void everyPlaybookOnThePageIsRightAndGivesNoWarning(String yaml) {
        LintResult result = Linter.lint("reference", yaml);

        assertThat(result.errors()).isEmpty();
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void everyActionAndCheckHasItsSectionWithAnExample() throws IOException {
        String text = reference();
        for (String name : Actions.NAMES) {
            String section = Pattern.compile("\n### " + Pattern.quote(name) + "\n(.*?)(?=\n##)", Pattern.DOTALL)
                    .matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.joining());
            assertThat(BLOCK.matcher(section).results().map(block -> block.group(1)))
                    .as(name)
                    .anyMatch(block -> block.contains(" " + name + ":"));
        }
    }

    @Test
    void everyArgumentIsInTheTable() throws IOException {
        String table = reference().split("## Arguments at a glance", 2)[1].split("\n## ", 2)[0];
        for (String name : Actions.NAMES) {
            for (String argument :
                    Actions.ALL.find(name).orElseThrow().keys().properties().keySet()) {
                assertThat(table).as(name).containsPattern("\\b" + argument + "\\b");
            }
        }
    }
}
