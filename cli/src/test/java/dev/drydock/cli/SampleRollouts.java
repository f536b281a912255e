package dev.drydock.cli;

import com.google.protobuf.Timestamp;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.RunResult;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepPlan;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import dev.drydock.proto.v1.Exclusion;
import dev.drydock.proto.v1.ExplainedKind;
import dev.drydock.proto.v1.Explanation;
import dev.drydock.proto.v1.HostPreview;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.NextStep;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutNote;
import dev.drydock.proto.v1.RolloutPreview;
import dev.drydock.proto.v1.RolloutReportResponse;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.RolloutSummary;
import dev.drydock.proto.v1.RolloutUpdate;
import dev.drydock.proto.v1.Run;
import dev.drydock.proto.v1.Statement;
import dev.drydock.proto.v1.Wave;
import dev.drydock.proto.v1.WaveForecast;

/** Rollouts, their plans, runs and reports, as the double of the management plane tells of them. */
final class SampleRollouts {
    private SampleRollouts() {}

    static RolloutPreview preview() {
        return RolloutPreview.newBuilder()
                .setRollout(rollout(RolloutState.SCHEDULED))
                .setRunsKnown(42)
                .setTypicalRun(Fleet.seconds(420))
                .addTypical(wave(1, "2026-11-29T01:00:00Z", "2026-11-29T01:07:00Z", 1))
                .addTypical(wave(2, "2026-11-29T01:22:00Z", "2026-11-30T01:14:00Z", 2))
                .addSlow(wave(1, "2026-11-29T01:00:00Z", "2026-11-29T01:20:00Z", 1))
                .addSlow(wave(2, "2026-11-29T01:35:00Z", "2026-11-30T01:40:00Z", 2))
                .addHosts(HostPreview.newBuilder().setHost("web-01").addSteps(planned("2.0")))
                .addHosts(HostPreview.newBuilder()
                        .setHost("web-03")
                        .addSteps(planned("2.0"))
                        .addSteps(StepPlan.newBuilder()
                                .setName("Migrate")
                                .setIrreversible("the schema of shop cannot go back")))
                .addHosts(HostPreview.newBuilder().setHost("web-05").addSteps(StepPlan.getDefaultInstance()))
                .addHosts(HostPreview.newBuilder().setHost("web-09").setProblem("offline"))
                .build();
    }

    private static StepPlan planned(String version) {
        return StepPlan.newBuilder()
                .setName("Security updates")
                .addChanges(Change.newBuilder()
                        .setKind("package")
                        .setName("openssl")
                        .setFrom("1.0")
                        .setTo(version))
                .build();
    }

    private static WaveForecast wave(int number, String begins, String ends, int openings) {
        return WaveForecast.newBuilder()
                .setWave(number)
                .setBegins(Fleet.at(begins))
                .setEnds(Fleet.at(ends))
                .setOpenings(openings)
                .build();
    }

    static RolloutSpec spec() {
        return RolloutSpec.newBuilder()
                .setName("web-0001")
                .setPlaybook("web@7")
                .putParams("reboot", "never")
                .setSelector("host.labels.role == \"web\"")
                .setWindow("sunday-night")
                .addWaves("1")
                .addWaves("50%")
                .setMaxConcurrent("4")
                .setFailureThreshold("1")
                .setSoak(Fleet.seconds(900))
                .setRebootsAtOnce("10%")
                .setRebootInterval(Fleet.seconds(30))
                .build();
    }

    /** Two waves of one and three hosts, one of which went back. */
    static Rollout rollout(RolloutState state) {
        boolean ended = state == RolloutState.COMPLETED_WITH_FAILURES || state == RolloutState.COMPLETED;
        return Rollout.newBuilder()
                .setId("ro-1")
                .setSpec(spec())
                .setPlaybookDigest("9f2c")
                .setState(state)
                .setCreatedAt(Fleet.at("2026-11-24T01:00:00Z"))
                .setStartedAt(Fleet.at("2026-11-24T02:00:00Z"))
                .setEndedAt(ended ? Fleet.at("2026-11-24T02:40:00Z") : Timestamp.getDefaultInstance())
                .setOpening(Fleet.opening())
                .setCurrentWave(2)
                .addWaves(Wave.newBuilder().setNumber(1).addHosts(host("web-03", RunState.SUCCEEDED)))
                .addWaves(Wave.newBuilder()
                        .setNumber(2)
                        .addHosts(host("web-01", RunState.SUCCEEDED))
                        .addHosts(host("web-05", RunState.ROLLED_BACK).toBuilder()
                                .setReason("http.check: 502, expected 200"))
                        .addHosts(
                                ended
                                        ? host("web-09", RunState.SUCCEEDED)
                                        : host("web-09", RunState.RUNNING).toBuilder()
                                                .setStep("Security updates")
                                                .build()))
                .addNotIncluded(Exclusion.newBuilder().setHost("web-11").setReason("offline since Tue"))
                .build();
    }

    private static HostRun host(String name, RunState state) {
        return HostRun.newBuilder()
                .setHost(name)
                .setRunId("r-" + name)
                .setState(state)
                .setStartedAt(Fleet.at("2026-11-24T02:58:00Z"))
                .build();
    }

    static RolloutUpdate update(RolloutState state, String... notes) {
        RolloutUpdate.Builder update = RolloutUpdate.newBuilder().setRollout(rollout(state));
        for (String note : notes) {
            update.addNotes(RolloutNote.newBuilder()
                    .setAt(Fleet.at("2026-11-24T02:59:00Z"))
                    .setHost("web-05")
                    .setText(note));
        }
        return update.build();
    }

    static Explanation explanation() {
        return Explanation.newBuilder()
                .setKind(ExplainedKind.EXPLAINED_ROLLOUT)
                .setName("web-0001")
                .setSummary("Rollout web-0001 is complete, but not every host was patched: 3 of 4 hosts succeeded.")
                .addStatements(Statement.newBuilder()
                        .setAt(Fleet.at("2026-11-24T01:00:00Z"))
                        .setText("olga made it with playbook web@7 for window sunday-night"))
                .addStatements(Statement.newBuilder()
                        .setText("1 host was put back to where it came from, and that is verified:"
                                + " http.check: 502, expected 200")
                        .addHosts("web-05")
                        .setHostCount(1))
                .addNextSteps(NextStep.newBuilder()
                        .setText("See why web-05 was not patched.")
                        .setCommand("drydock explain r-web-05"))
                .build();
    }

    static Change openssl() {
        return Change.newBuilder()
                .setKind("package")
                .setName("openssl")
                .setFrom("3.0.15-1~deb12u1")
                .setTo("3.0.17-1~deb12u2")
                .build();
    }

    static Run patched() {
        return Run.newBuilder()
                .setId("r-web-03")
                .setRollout("web-0001")
                .setHost("web-03")
                .setPlaybook("web@7")
                .setState(RunState.SUCCEEDED)
                .setOfferedAt(Fleet.at("2026-11-24T02:00:00Z"))
                .setResult(RunResult.newBuilder()
                        .setOutcome(RunState.SUCCEEDED)
                        .addChanges(openssl())
                        .setTook(Fleet.seconds(150)))
                .build();
    }

    static Run rolledBack() {
        return Run.newBuilder()
                .setId("r-web-05")
                .setRollout("web-0001")
                .setHost("web-05")
                .setPlaybook("web@7")
                .setPlaybookDigest("9f2c")
                .setState(RunState.ROLLED_BACK)
                .setReason("http.check: 502, expected 200")
                .setOfferedAt(Fleet.at("2026-11-24T02:10:00Z"))
                .setStartedAt(Fleet.at("2026-11-24T02:10:01Z"))
                .setEndedAt(Fleet.at("2026-11-24T02:13:00Z"))
                .setWindowCloses(Fleet.at("2026-11-24T05:00:00Z"))
                .addSteps(StepTransition.newBuilder()
                        .setPhase(StepTransition.Phase.PHASE_PREFLIGHT)
                        .setName("disk.free")
                        .setState(StepState.STEP_VERIFIED)
                        .setMeasured("9.1 GiB free")
                        .setTook(Fleet.seconds(0)))
                .addSteps(StepTransition.newBuilder()
                        .setPhase(StepTransition.Phase.PHASE_STEPS)
                        .setName("Security updates")
                        .setState(StepState.STEP_ROLLED_BACK)
                        .setReason("http.check: 502, expected 200")
                        .setExitCode(100)
                        .setTail("E: nginx\u001b[2J failed\nsee journalctl")
                        .setTook(Fleet.seconds(95)))
                .setResult(RunResult.newBuilder()
                        .setOutcome(RunState.ROLLED_BACK)
                        .addChanges(openssl())
                        .addRollbackEvidence("openssl 3.0.15-1~deb12u1 is installed, as before")
                        .setTook(Fleet.seconds(180)))
                .build();
    }

    static RolloutSummary summary() {
        return RolloutSummary.newBuilder()
                .setName("web-0001")
                .setPlaybook("web@7")
                .setState(RolloutState.COMPLETED_WITH_FAILURES)
                .setEndedAt(Fleet.at("2026-11-24T02:40:00Z"))
                .setHosts(4)
                .setPatched(3)
                .setRolledBack(1)
                .build();
    }

    static RolloutReportResponse rolloutReport() {
        return RolloutReportResponse.newBuilder()
                .setRollout(rollout(RolloutState.COMPLETED_WITH_FAILURES))
                .setSummary(summary())
                .addRuns(patched())
                .addRuns(rolledBack())
                .build();
    }
}
