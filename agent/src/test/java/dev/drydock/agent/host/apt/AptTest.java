package dev.drydock.agent.host.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Output;
import dev.drydock.agent.testing.Unexpected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How apt is called; what it answers is the lab's. */
class AptTest {
    private static final Job JOB = Job.quiet(Duration.ofSeconds(10));

    private final List<List<String>> asked = new ArrayList<>();
    private final Apt apt = new Apt(new Asked());

    private final class Asked implements Commands {
        @Override
        public Result run(Command command, Output output) {
            asked.add(command.argv());
            return new Result(0, false, "", "");
        }

        @Override
        public void requireProgram(String program) {
            throw Unexpected.call();
        }
    }

    /** Its log of the last change is the host's, and compressing another over it takes longer than the answer. */
    @Test
    void aQuestionLeavesTheLogOfTheLastChangeAlone() throws Exception {
        apt.simulate(List.of("--only-upgrade"), "install", List.of("p"), JOB);
        assertThat(asked.getFirst())
                .containsSubsequence("apt-get", "-s", "-o", "Dir::Log::Planner=", "--only-upgrade", "install", "p");
    }

    @Test
    void aChangeIsLoggedAsTheHostWantsIt() throws Exception {
        apt.get(List.of(), "install", List.of("p"), JOB);
        assertThat(asked.getFirst()).doesNotContain("-s", "Dir::Log::Planner=");
    }
}
