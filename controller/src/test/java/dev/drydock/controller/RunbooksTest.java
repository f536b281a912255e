package dev.drydock.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.AlertRules.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alert finds what to do. */
final class RunbooksTest {
    private static final Path PAGE = Path.of("../docs/runbooks.md");
    private static final Pattern SECTION = Pattern.compile("(?m)^## (.+)$");

    @Test
    void everyAlertHasItsRunbookAndNoRunbookIsOfAnAlertThatThereIsNot() throws IOException {
        List<String> alerts =
                MetricDocs.alerts().rules().stream().map(Rule::alert).toList();
        List<String> sections = SECTION.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(sections).as("in the order of the alerts").containsExactlyElementsOf(alerts);
    }

    @Test
    void everyAlertPointsAtItsRunbook() throws IOException {
        assertThat(MetricDocs.alerts().rules()).isNotEmpty().allSatisfy(rule -> assertThat(rule.runbook())
                .startsWith("https://")
                .endsWith("/runbooks.md#" + rule.alert().toLowerCase(Locale.ROOT)));
    }

    @Test
    void everyRunbookSaysWhatToType() throws IOException {
        String[] sections = Files.readString(PAGE).split("(?m)^## ");

        assertThat(sections).hasSizeGreaterThan(10);
        for (int i = 1; i < sections.length; i++) {
            assertThat(sections[i]).contains("\n```sh\n").containsPattern("(?s)\n\\*.+\\*");
        }
    }
}
