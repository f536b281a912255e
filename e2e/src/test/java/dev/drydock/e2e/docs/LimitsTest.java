package dev.drydock.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.lab.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each limit of docs/limits.md is in the code as the page has it. */
class LimitsTest {
    private static final Pattern ROW =
            Pattern.compile("\\|.*\\| \\[\\w+]\\((?<file>[^)]+)\\): `(?<code>\\w+ = .+)` \\|");

    @Test
    void everyLimitIsTheCodes() throws IOException {
        Path page = Repository.root().resolve("docs/limits.md");
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (String line : Files.readAllLines(page)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                seen++;
                String source = Files.readString(page.resolveSibling(row.group("file")));
                if (!source.replaceAll("\\s+", " ").contains(" " + row.group("code") + ";")) {
                    wrong.add(line);
                }
            } else if (line.contains("` |")) {
                wrong.add("not understood: " + line);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(seen).isGreaterThan(40);
    }
}
