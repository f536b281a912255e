package dev.drydock.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.testing.Unexpected;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobTest {
    private static final Output NONE = (bytes, offset, length) -> {};

    private final List<Commands.Command> run = new ArrayList<>();
    private final Commands commands = new Commands() {
        @Override
        public Result run(Command command, Output output) {
            run.add(command);
            return new Result(command.argv().contains("fail") ? 1 : 0, false, "answer", "first\nE: the reason\n");
        }

        @Override
        public void requireProgram(String program) {
            throw Unexpected.call();
        }
    };

    @Test
    void everyProgramIsBoundedByTheTimeThatIsLeft() throws Exception {
        Job job = Job.of(NONE, () -> Duration.ofSeconds(7), Path.of("/work"));
        job.run(commands, Map.of("A", "1"), List.of("true"));
        assertThat(run.getFirst().timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(run.getFirst().environment())
                .containsExactlyInAnyOrderEntriesOf(Map.of("A", "1", Job.MARK, "/work"));
    }

    @Test
    void nothingIsStartedWhenTheTimeIsOver() {
        Job job = Job.of(NONE, () -> Duration.ZERO, Path.of("/work"));
        assertThatThrownBy(() -> job.run(commands, Map.of(), List.of("apt-get")))
                .isInstanceOf(HostException.class)
                .hasMessage("no time is left to run apt-get");
        assertThat(run).isEmpty();
    }

    @Test
    void apartOfTheTimeIsNeverMoreThanTheWhole() {
        Job job = Job.of(NONE, () -> Duration.ofSeconds(7), Path.of("/work"));
        assertThat(job.within(Duration.ofHours(1)).timeLeft().get()).isEqualTo(Duration.ofSeconds(7));
        assertThat(job.within(Duration.ofSeconds(1)).timeLeft().get()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(job.within(Duration.ZERO).timeLeft().get()).isZero();
    }

    @Test
    void aFailureSaysWhatAndWhy() {
        Job job = Job.quiet(Duration.ofSeconds(7));
        assertThatThrownBy(() -> job.require(commands, Map.of(), List.of("apt-get", "fail")))
                .isInstanceOfSatisfying(HostException.class, e -> {
                    assertThat(e).hasMessage("apt-get fail ended with exit code 1: E: the reason");
                    assertThat(e.exitCode()).hasValue(1);
                    assertThat(e.retryable()).isFalse();
                });
    }
}
