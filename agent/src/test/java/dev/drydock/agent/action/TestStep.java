package dev.drydock.agent.action;

import dev.drydock.agent.host.Output;
import dev.drydock.playbooks.model.Args;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A step's context for tests: its arguments, a directory, a time that counts down, and what it put out. */
final class TestStep {
    private final Path workDir;
    private final Duration time;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    TestStep(Path workDir) {
        this(workDir, Duration.ofSeconds(30));
    }

    TestStep(Path workDir, Duration time) {
        this.workDir = workDir;
        this.time = time;
    }

    StepContext with(Map<String, Object> args) {
        long end = System.nanoTime() + time.toNanos();
        Output output = new Output() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                synchronized (written) {
                    written.write(bytes, offset, length);
                }
            }
        };
        return new StepContext(
                new Args(args), output, workDir, () -> Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }

    String output() {
        synchronized (written) {
            return written.toString(StandardCharsets.UTF_8);
        }
    }
}
