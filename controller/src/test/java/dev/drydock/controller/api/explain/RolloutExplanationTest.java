package dev.drydock.controller.api.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Approval;
import dev.drydock.proto.v1.Exclusion;
import dev.drydock.proto.v1.Explanation;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.NextStep;
import dev.drydock.proto.v1.Opening;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.Statement;
import dev.drydock.proto.v1.Wave;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RolloutExplanationTest {
    private static Timestamp at(long seconds) {
        return Timestamp.newBuilder().setSeconds(seconds).build();
    }

    private static Rollout.Builder rollout(RolloutState state) {
        return Rollout.newBuilder()
                .setState(state)
                .setCreatedBy("olga")
                .setCreatedAt(at(100))
                .setCurrentWave(1)
                .setSpec(RolloutSpec.newBuilder()
                        .setName("web-nov")
                        .setPlaybook("web@7")
                        .setWindow("sunday-night"));
    }

    private static HostRun host(String name, RunState state, String reason) {
        return HostRun.newBuilder()
                .setHost(name)
                .setRunId("r-" + name)
                .setState(state)
                .setReason(reason)
                .build();
    }

    private static String commands(Explanation answer) {
        return String.join(
                "; ",
                answer.getNextStepsList().stream().map(NextStep::getCommand).toList());
    }

    @Test
    void whatWaitsForItsWindowSaysWhenThatOpens() {
        Explanation answer = RolloutExplanation.of(rollout(RolloutState.SCHEDULED)
                .setReason("window sunday-night opens at 1970-01-01T01:00:00Z")
                .setOpening(Opening.newBuilder().setOpens(at(3600)))
                .build());

        assertThat(answer.getSummary())
                .isEqualTo("Rollout web-nov waits for its window: window sunday-night opens at 1970-01-01T01:00:00Z.");
        assertThat(answer.getNextSteps(0).getText()).contains("before the window opens at 1970-01-01T01:00:00Z");
        assertThat(commands(answer)).isEqualTo("drydock window next sunday-night");
    }

    @Test
    void aWaveThatNeedsApprovalSaysWhoMayNotGiveIt() {
        Explanation answer = RolloutExplanation.of(
                rollout(RolloutState.AWAITING_APPROVAL).setUnapprovedWave(2).build());

        assertThat(answer.getNextSteps(0).getText()).contains("not olga").contains("wave 2");
        assertThat(commands(answer)).isEqualTo("drydock rollout approve web-nov");
    }

    @Test
    void hostsAreToldByWhatTheyHaveInCommon() {
        Explanation answer = RolloutExplanation.of(rollout(RolloutState.COMPLETED_WITH_FAILURES)
                .setStartedAt(at(300))
                .setEndedAt(at(400))
                .addApprovals(Approval.newBuilder().setWave(1).setBy("anna").setAt(at(200)))
                .addWaves(Wave.newBuilder()
                        .setNumber(1)
                        .addHosts(host("web-02", RunState.ROLLED_BACK, "http.check: 502"))
                        .addHosts(host("web-01", RunState.ROLLED_BACK, "http.check: 502"))
                        .addHosts(host("web-03", RunState.SUCCEEDED, "")))
                .addNotIncluded(Exclusion.newBuilder().setHost("web-11").setReason("revoked"))
                .build());

        assertThat(answer.getStatementsList())
                .extracting(Statement::getText)
                .containsExactly(
                        "olga made it with playbook web@7 for window sunday-night",
                        "anna approved wave 1",
                        "it began",
                        "it ended",
                        "1 host is patched and verified",
                        "2 hosts, each of which was put back to where it came from, and that is verified: http.check: 502",
                        "1 host that the selector gives, but that the rollout leaves out: revoked");
        assertThat(answer.getStatements(5).getHostsList()).containsExactly("web-01", "web-02");
        assertThat(commands(answer)).isEqualTo("drydock explain r-web-02; drydock rollout retry web-nov");
    }

    @Test
    void aHostThatCouldNotBePutBackComesFirst() {
        Explanation answer = RolloutExplanation.of(rollout(RolloutState.RUNNING)
                .addWaves(Wave.newBuilder()
                        .setNumber(1)
                        .addHosts(host("web-01", RunState.RUNNING, ""))
                        .addHosts(host("db-01", RunState.ROLLBACK_FAILED, "disk full")))
                .build());

        assertThat(answer.getNextSteps(0).getCommand()).isEqualTo("drydock explain r-db-01");
    }

    @Test
    void noMoreThanTwentyHostsAreNamed() {
        Wave.Builder wave = Wave.newBuilder().setNumber(1);
        IntStream.range(0, 3000).forEach(i -> wave.addHosts(host("web-" + i, RunState.SUCCEEDED, "")));

        Explanation answer = RolloutExplanation.of(
                rollout(RolloutState.COMPLETED).addWaves(wave).build());

        Statement patched = answer.getStatements(answer.getStatementsCount() - 1);
        assertThat(patched.getHostsCount()).isEqualTo(20);
        assertThat(patched.getHostCount()).isEqualTo(3000);
    }

    @ParameterizedTest
    @EnumSource(
            value = RolloutState.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNRECOGNIZED", "ROLLOUT_STATE_UNSPECIFIED"})
    void everyStateHasItsWords(RolloutState state) {
        assertThat(RolloutExplanation.of(rollout(state).build()).getSummary()).doesNotContain("does not know");
    }
}
