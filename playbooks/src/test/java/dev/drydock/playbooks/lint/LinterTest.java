package dev.drydock.playbooks.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.playbooks.CanonicalForm;
import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.parse.PlaybookParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinterTest {
    static List<Path> broken() throws IOException, URISyntaxException {
        Path directory = Path.of(LinterTest.class.getResource("/broken").toURI());
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** Beside each broken playbook stands what is said of it, errors first, word by word. */
    @ParameterizedTest
    @MethodSource("broken")
    void brokenPlaybooksGetTheMessagesBesideThem(Path file) throws IOException {
        LintResult result = Linter.lint(file.getFileName().toString(), Files.readAllBytes(file));

        Path expected = file.resolveSibling(file.getFileName().toString().replace(".yaml", ".expected"));
        assertThat(Stream.concat(
                                result.errors().stream().map(Object::toString),
                                result.warnings().stream().map(warning -> "warning: " + warning))
                        .toList())
                .containsExactlyElementsOf(Files.readAllLines(expected));
        assertThat(result.playbook()).isEmpty();
    }

    @Test
    void thereAreAtLeastTwentyBrokenPlaybooks() throws IOException, URISyntaxException {
        assertThat(broken()).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void aRightPlaybookIsTheOneThatTheParserReads() throws InvalidPlaybookException {
        String yaml = """
                apiVersion: drydock/v1
                kind: Playbook
                metadata: {name: web-monthly}
                spec:
                  params:
                    port: {type: integer, default: 8080}
                    pages: {type: string, default: /}
                    wanted: {type: boolean, default: true}
                  hosts: host.os.family == "debian" && host.labels.role == "web"
                  preflight:
                    - disk.free: {path: /var, atLeast: 10%}
                  steps:
                    - name: Updates
                      when: params.wanted && host.packages.pending_security > 0
                      os.packages: {update: security, exclude: [linux-image-*], refresh: "${{ params.wanted }}"}
                      verify:
                        - tcp.check: {port: "${{ params.port }}", grace: 10s}
                    - service.restart: "${{ host.failed_services }}"
                    - command.run: {argv: [a2enmod, "${{ host.os.id }}-x"], undo: [a2dismod, headers], env: {LC_ALL: C}}
                  verify:
                    - http.check: {url: "http://localhost:${{ params.port }}${{ params.pages }}", status: [200, 301]}
                    - command.check: {argv: [nginx, -t], exitCode: "${{ params.port - 8080 }}"}
                    - load.below: {limit: 1.5}
                """;
        byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);

        LintResult result = Linter.lint("web.yaml", bytes);

        assertThat(result.errors()).isEmpty();
        assertThat(result.warnings()).isEmpty();
        assertThat(CanonicalForm.write(result.playbook().orElseThrow()))
                .isEqualTo(CanonicalForm.write(PlaybookParser.parse("web.yaml", bytes)));
    }
}
