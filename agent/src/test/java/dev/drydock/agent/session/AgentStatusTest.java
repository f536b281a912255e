package dev.drydock.agent.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentStatusTest {
    @TempDir
    Path directory;

    @Test
    void readsBackWhatItWrote() throws Exception {
        Instant now = Instant.parse("2026-11-24T02:00:00Z");
        AgentStatus connected = new AgentStatus(
                7, now, "ops:7443", Optional.of(now), "", Optional.empty(), List.of("r-1"), 2, List.of());
        AgentStatus not = new AgentStatus(
                7,
                now,
                "ops:7443",
                Optional.empty(),
                "nobody there",
                Optional.of(now),
                List.of(),
                0,
                List.of("run r-0: its journal is damaged"));
        Path file = directory.resolve("status.json");
        assertThat(AgentStatus.read(file)).isEmpty();
        for (AgentStatus status : List.of(connected, not)) {
            status.write(file);
            assertThat(AgentStatus.read(file)).contains(status);
        }
    }

    /** After an upgrade the old agent runs until its run has ended, and the new program is asked. */
    @Test
    void anAgentThatKnewNoTroublesIsUnderstood() throws Exception {
        Path file = Files.writeString(directory.resolve("status.json"), """
                {"activeRuns":["r-1"],"controller":"ops:7443","error":"","pid":7,"started":"2026-11-24T02:00:00Z","undelivered":1}""");
        assertThat(AgentStatus.read(file)).get().satisfies(status -> {
            assertThat(status.activeRuns()).containsExactly("r-1");
            assertThat(status.troubles()).isEmpty();
        });
    }

    @Test
    void aFileThatItDidNotWriteIsAnError() throws Exception {
        Path file = directory.resolve("status.json");
        for (String text : List.of("", "[]", "{}", "{\"pid\":\"x\"}")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> AgentStatus.read(file)).isInstanceOf(IOException.class);
        }
    }
}
