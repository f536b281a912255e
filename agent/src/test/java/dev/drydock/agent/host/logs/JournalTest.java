package dev.drydock.agent.host.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JournalTest {
    @Test
    void theLastLineIsTheCursorAndNoOther() {
        Journal.Part part = Journal.part("-- cursor: of somebody else\na line\n-- cursor: s=1;i=2\n");

        assertThat(part.lines()).containsExactly("-- cursor: of somebody else", "a line");
        assertThat(part.cursor()).isEqualTo("s=1;i=2");
    }

    @Test
    void anEmptyJournalHasNone() {
        assertThat(Journal.part("")).isEqualTo(new Journal.Part(java.util.List.of(), ""));
    }
}
