package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.agent.v1.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ThresholdsTest {
    private static final List<RunState> FAILURES =
            List.of(RunState.ROLLED_BACK, RunState.ROLLBACK_FAILED, RunState.LOST);

    /** The rows of the table in the documentation. */
    static Stream<Arguments> documented() throws IOException {
        List<Arguments> rows = Files.readAllLines(Path.of("../docs/rollouts.md")).stream()
                .filter(line -> line.matches("\\| \\d.*\\|"))
                .map(line -> line.split("\\|"))
                .map(cell -> Arguments.of(cell[1].trim(), cell[2].trim(), cell[3].trim(), cell[4].trim()))
                .toList();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(16);
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("documented")
    void followsTheTable(String waves, String threshold, String failed, String then) {
        int[] sizes = numbers(waves);
        RolloutPlan plan = Plans.plan(
                Arrays.stream(sizes).sum(),
                Plans.strategy(waves.replace(" ", ""), "", threshold, Duration.ZERO),
                Plans.NIGHTLY);
        Story story = new Story(plan);
        List<HostProgress> hosts = new ArrayList<>();
        int[] toFail = numbers(failed);
        for (HostProgress host : story.rollout.hosts()) {
            boolean fails = toFail[host.host().wave() - 1]-- > 0;
            RunState state = fails ? FAILURES.get(hosts.size() % FAILURES.size()) : RunState.REFUSED;
            hosts.add(host.reported(report(host, state), true, 0, host.deadline()));
        }

        assertThat(plan.limits().waves()).hasSize(sizes.length);
        assertThat(Thresholds.exceeded(plan, Standing.of(hosts)).orElse("goes on"))
                .isEqualTo(then);
    }

    private static RolloutEvent.RunChanged report(HostProgress host, RunState state) {
        return new RolloutEvent.RunChanged(host.host().id(), "", state, "", "", Optional.empty(), Optional.empty());
    }

    private static int[] numbers(String list) {
        return Arrays.stream(list.split(", ")).mapToInt(Integer::parseInt).toArray();
    }
}
