package dev.drydock.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootIdTest {
    @TempDir
    Path proc;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(proc.resolve("sys/kernel/random"));
        Files.createDirectories(proc.resolve("1"));
        Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "b00t\n");
        began(1234);
    }

    private void began(long ticks) throws IOException {
        Files.writeString(proc.resolve("1/stat"), "1 (odd) name) S 0 1 1" + " 0".repeat(15) + " " + ticks + " 0 0\n");
    }

    @Test
    void aContainerThatIsStartedAgainIsAnotherBoot() throws Exception {
        assertThat(BootId.read(proc)).isEqualTo("b00t.1234").isEqualTo(BootId.read(proc));
        assertThat(BootId.afterKernel(proc)).isEqualTo(Duration.ofMillis(12_340));

        began(99_999);

        assertThat(BootId.read(proc)).isEqualTo("b00t.99999");
    }

    @Test
    void whatCannotBeToldIsNoBootId() throws Exception {
        Files.writeString(proc.resolve("1/stat"), "1 (init) S 0\n");

        assertThatThrownBy(() -> BootId.read(proc))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("when the first process began");
    }

    @Test
    void thisSystemHasOne() throws Exception {
        assertThat(BootId.read()).matches("[0-9a-f-]{36}\\.\\d+").isEqualTo(BootId.read());
    }
}
