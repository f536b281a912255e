package dev.drydock.playbooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.playbooks.document.JsonWriter;
import dev.drydock.playbooks.library.Library;
import dev.drydock.playbooks.model.Playbook;
import dev.drydock.playbooks.parse.PlaybookParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalFormTest {
    private static final String WRITTEN = """
            # A comment.
            apiVersion: drydock/v1
            kind: Playbook
            metadata:
              name: web
            spec:
              params:
                port: {type: integer, default: 80}
                wait: {type: duration}
              steps:
                - os.packages: {update: security, exclude: ["linux-image-*"]}
                  timeout: 90m
                  rollbackTimeout: 60s
                  verify:
                    - service.active: [nginx]
                - name: Restart
                  when: host.reboot.required
                  service.restart: nginx
              verify:
                - load.below: {limit: 1.5}
            """;

    private static final String CANONICAL = """
            {"apiVersion":"drydock/v1","kind":"Playbook","metadata":{"description":"","maintenance":"preventive","name":"web"},\
            "spec":{"onFailure":"rollback","onWindowEnd":"rollback","params":{\
            "port":{"allowed":[],"default":"80","description":"","type":"integer"},\
            "wait":{"allowed":[],"description":"","type":"duration"}},"preflight":[],"steps":[\
            {"name":"os.packages","os.packages":{"exclude":["linux-image-*"],"update":"security"},"rollbackTimeout":"1m",\
            "timeout":"1h30m","verify":[{"name":"service.active","service.active":["nginx"]}]},\
            {"name":"Restart","service.restart":"nginx","verify":[],"when":"host.reboot.required"}],\
            "verify":[{"load.below":{"limit":1.5},"name":"load.below"}]}}""";

    private static String canonical(String yaml) throws InvalidPlaybookException {
        return new String(CanonicalForm.write(PlaybookParser.parse("web.yaml", yaml)), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void allDefaultsAreWrittenOutAndUnitsHaveOneForm() throws InvalidPlaybookException {
        assertThat(canonical(WRITTEN)).isEqualTo(CANONICAL);
    }

    /** Signed playbooks are addressed by it: a change here makes every signature of old playbooks worthless. */
    @Test
    void theDigestNeverChanges() {
        assertThat(CanonicalForm.digest(bytes(CANONICAL)))
                .isEqualTo("5b2b4b11b029d410afc76d7942481feee9cfd36dd928cf6ab2b575eb7008465d");
    }

    static List<String> library() {
        return Library.names();
    }

    @ParameterizedTest
    @MethodSource("library")
    void readingWhatWasWrittenGivesTheSame(String name) throws InvalidPlaybookException {
        Playbook playbook = PlaybookParser.parse(name, Library.source(name));

        assertThat(CanonicalForm.read(CanonicalForm.write(playbook))).isEqualTo(playbook);
    }

    /** The same tree, its keys in any order and its white space anyhow, is the same playbook. */
    @Property(tries = 200)
    void orderOfKeysAndWhiteSpaceDoNotMatter(@ForAll Random random) throws InvalidPlaybookException {
        Object tree = CanonicalForm.tree(CanonicalForm.read(bytes(CANONICAL)));

        assertThat(canonical(Shuffled.json(tree, random))).isEqualTo(CANONICAL);
        assertThat(canonical(Shuffled.yaml(tree, random))).isEqualTo(CANONICAL);
    }

    @Test
    void aDifferenceThatMattersIsSeen() throws InvalidPlaybookException {
        assertThat(canonical(WRITTEN.replace("name: Restart", "name: restart"))).isNotEqualTo(CANONICAL);
        assertThat(canonical(WRITTEN.replace("[nginx]", "nginx"))).isNotEqualTo(CANONICAL);
        assertThat(canonical(WRITTEN.replace("limit: 1.5", "limit: \"1.5\""))).isNotEqualTo(CANONICAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " %s",
                "%s\n",
                "{\"kind\":\"Playbook\",\"apiVersion\":\"drydock/v1\",\"metadata\":{\"description\":\"\",\"maintenance\":\"preventive\",\"name\":\"web\"},\"spec\":{\"steps\":[]}}",
                "apiVersion: drydock/v1",
                "null",
                "[]",
                "{}"
            })
    void whatDiffersInAByteIsNotRead(String form) {
        assertThatThrownBy(() -> CanonicalForm.read(bytes(form.replace("%s", CANONICAL))))
                .isInstanceOf(InvalidPlaybookException.class);
    }

    @Test
    void omittedDefaultsAndEscapesThatNeedNotBeAreNotCanonical() {
        for (String other : List.of(
                CANONICAL.replace("\"preflight\":[],", ""),
                CANONICAL.replace("\"1h30m\"", "\"90m\""),
                CANONICAL.replace("1.5", "1.50"),
                CANONICAL.replace("nginx", "\\u006eginx"))) {
            assertThatThrownBy(() -> CanonicalForm.read(bytes(other)))
                    .isInstanceOf(InvalidPlaybookException.class)
                    .hasMessageContaining("is not in canonical form");
        }
    }

    @Test
    void itIsBounded() throws InvalidPlaybookException {
        Playbook large = PlaybookParser.parse(
                "web.yaml",
                WRITTEN.replace("exclude: [\"linux-image-*\"]", "exclude: \"" + "\\a".repeat(100_000) + "\""));

        assertThatThrownBy(() -> CanonicalForm.write(large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytes, at most 524288 are allowed");
        Map<String, Object> tree = Map.of("x", "a".repeat(CanonicalForm.MAX_BYTES));
        assertThatThrownBy(() -> CanonicalForm.read(JsonWriter.write(tree)))
                .isInstanceOf(InvalidPlaybookException.class)
                .hasMessageContaining("at most 524288 are allowed");
    }

    /** Writes a tree in one of the many ways that mean the same. */
    private static final class Shuffled {
        private final Random random;
        private final StringBuilder out = new StringBuilder();

        private Shuffled(Random random) {
            this.random = random;
        }

        static String json(Object tree, Random random) {
            Shuffled shuffled = new Shuffled(random);
            shuffled.flow(tree);
            return shuffled.out.toString();
        }

        static String yaml(Object tree, Random random) {
            Shuffled shuffled = new Shuffled(random);
            shuffled.block(tree, 0);
            return shuffled.out.toString();
        }

        private void flow(Object value) {
            switch (value) {
                case Map<?, ?> map -> {
                    out.append('{');
                    String separator = "";
                    for (Map.Entry<?, ?> entry : entries(map)) {
                        out.append(separator)
                                .append(space())
                                .append(JsonWriter.text(entry.getKey()))
                                .append(": ");
                        flow(entry.getValue());
                        separator = space() + ",";
                    }
                    out.append(space()).append('}');
                }
                case List<?> list -> {
                    out.append('[');
                    String separator = "";
                    for (Object item : list) {
                        out.append(separator).append(space());
                        flow(item);
                        separator = ",";
                    }
                    out.append(']');
                }
                default -> out.append(JsonWriter.text(value));
            }
        }

        private void block(Object value, int depth) {
            if (!(value instanceof Map<?, ?> map) || map.isEmpty() || depth > 3) {
                flow(value);
                return;
            }
            for (Map.Entry<?, ?> entry : entries(map)) {
                out.append('\n')
                        .append("    ".repeat(depth))
                        .append(entry.getKey())
                        .append(":  ");
                block(entry.getValue(), depth + 1);
                out.append(random.nextBoolean() ? " # comment" : "");
            }
        }

        private List<Map.Entry<?, ?>> entries(Map<?, ?> map) {
            List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
            Collections.shuffle(entries, random);
            return entries;
        }

        private String space() {
            return " ".repeat(random.nextInt(3));
        }
    }
}
