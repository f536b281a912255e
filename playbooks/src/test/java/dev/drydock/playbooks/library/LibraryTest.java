package dev.drydock.playbooks.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.playbooks.lint.LintResult;
import dev.drydock.playbooks.lint.Linter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LibraryTest {
    static List<String> names() {
        return Library.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void readyPlaybooksAreRightAndGiveNoWarning(String name) {
        LintResult result = Linter.lint(name, Library.source(name).getBytes(StandardCharsets.UTF_8));

        assertThat(result.errors()).isEmpty();
        assertThat(result.warnings()).isEmpty();
        assertThat(result.playbook().orElseThrow().name()).isEqualTo(name);
        assertThat(result.playbook().orElseThrow().description()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theyTakeAnotherName(String name) {
        LintResult result = Linter.lint(name, Library.source(name, "mine").getBytes(StandardCharsets.UTF_8));

        assertThat(result.playbook().orElseThrow().name()).isEqualTo("mine");
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachHasAReadmeOfTenLines(String name) {
        Optional<String> readme = Library.readme(name);
        assertThat(readme).as("library/" + name + ".md").isPresent();
        assertThat(readme.get().lines().toList()).hasSizeBetween(8, 12).startsWith("# " + name);
        assertThat(readme.get())
                .containsSubsequence("**What:**", "**When:**", "**Risk:**", "**Way back:**", "**Tested on:**");
    }

    @Test
    void thereAreAtLeastFifteen() {
        assertThat(Library.names()).hasSizeGreaterThanOrEqualTo(15).isSorted();
    }

    @Test
    void everyFileIsNamed() throws IOException, URISyntaxException {
        try (Stream<Path> files =
                Files.list(Path.of(LibraryTest.class.getResource("/library").toURI()))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".yaml"))
                            .map(file -> file.replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(Library.names());
        }
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> Library.source("../schema/types"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no playbook '../schema/types' in the library");
    }
}
