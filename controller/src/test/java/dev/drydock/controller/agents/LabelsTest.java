package dev.drydock.controller.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LabelsTest {
    @Test
    void takesWhatPeopleWrite() {
        Labels.require(Map.of("role", "web", "example.org/Team-1", "", "a", "ünï cödé"));
    }

    @Test
    void saysAllThatIsWrongInTheOrderOfTheKeys() {
        assertThatThrownBy(() -> Labels.require(Map.of("", "x", "9a", "x", "ok", "x".repeat(257), "tab", "a\tb")))
                .isInstanceOf(IllegalArgumentException.class)
                .extracting(Throwable::getMessage)
                .satisfies(message -> assertThat(message.lines())
                        .satisfiesExactly(
                                line -> assertThat(line).startsWith("label \"\": expected a letter"),
                                line -> assertThat(line).startsWith("label \"9a\": expected a letter"),
                                line -> assertThat(line).startsWith("label \"ok\": expected a value of at most 256"),
                                line -> assertThat(line).startsWith("label \"tab\": expected a value")));
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 65; i++) {
            many.put("k" + i, "");
        }
        assertThat(Labels.problems(many)).containsExactly("65 labels are too many; expected at most 64");
    }

    @Test
    void namesOfHostsAreThoseOfMachines() {
        assertThat(HostName.of(" Web_01.Example.ORG ").text()).isEqualTo("web_01.example.org");
        assertThat(HostName.of("web").numbered(1)).isEqualTo("web");
        assertThat(HostName.of("web").numbered(3)).isEqualTo("web-3");
        for (String bad : new String[] {"", "-web", "web.", "a b", "wéb", "x".repeat(201)}) {
            assertThatThrownBy(() -> HostName.of(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Expected at most 200 letters");
        }
    }
}
