package dev.drydock.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLockTest {
    @TempDir
    Path directory;

    @Test
    void oneHasItAndGivesItBack() throws Exception {
        Path file = directory.resolve("data/agent.lock");
        assertThat(InstanceLock.isTaken(file)).isFalse();
        try (InstanceLock first = InstanceLock.take(file).orElseThrow()) {
            assertThat(InstanceLock.take(file)).isEmpty();
            assertThat(InstanceLock.isTaken(file)).isTrue();
        }
        assertThat(InstanceLock.isTaken(file)).isFalse();
        InstanceLock.take(file).orElseThrow().close();
    }
}
