package dev.drydock.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.docs.TypedText.Statement;
import dev.drydock.e2e.lab.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Answers that pages show of a fleet in a state that is hard to come by are those of the command line's own samples, which its tests
 * hold. What else is shown is said when the page is typed ({@link FirstFleetIT}).
 */
class ShownAnswersTest {
    /** By page. */
    static final Map<String, String> SAMPLES = Map.of(
            "docs/cli.md", "watch-100x30.txt",
            "docs/declarative.md", "apply.txt",
            "docs/explain.md", "explain.txt",
            "docs/several-controllers.md", "controller-list.txt");

    @Test
    void whatIsShownIsWhatTheSampleSays() throws IOException {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (Page page : Page.all()) {
            if (!SAMPLES.containsKey(page.name())) {
                continue;
            }
            List<String> sample = Files.readString(
                            Repository.root().resolve("cli/src/test/resources/golden/" + SAMPLES.get(page.name())))
                    .replace("DIR/", "maintenance/")
                    .lines()
                    .toList();
            for (Page.Block block : page.blocks()) {
                for (Statement statement : TypedText.statements(page, block)) {
                    // A question is no line of the answer: it stands before what is typed.
                    for (String line : statement.shown().stream()
                            .filter(line -> !line.contains("[y/N]"))
                            .toList()) {
                        seen++;
                        if (!sample.contains(line)) {
                            wrong.add(page.name() + ":" + statement.line() + ": " + line);
                        }
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(seen).isGreaterThan(15);
    }
}
