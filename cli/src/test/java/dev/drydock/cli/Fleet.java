package dev.drydock.cli;

import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.RunResult;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepPlan;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import dev.drydock.proto.facts.v1.Access;
import dev.drydock.proto.facts.v1.Cpu;
import dev.drydock.proto.facts.v1.Filesystem;
import dev.drydock.proto.facts.v1.Os;
import dev.drydock.proto.facts.v1.Packages;
import dev.drydock.proto.facts.v1.PendingUpdate;
import dev.drydock.proto.facts.v1.RebootRequired;
import dev.drydock.proto.v1.AffectedHost;
import dev.drydock.proto.v1.ApiToken;
import dev.drydock.proto.v1.Artifact;
import dev.drydock.proto.v1.AuditEntry;
import dev.drydock.proto.v1.AuditOutcome;
import dev.drydock.proto.v1.Blackout;
import dev.drydock.proto.v1.Calendar;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.ComplianceState;
import dev.drydock.proto.v1.Exclusion;
import dev.drydock.proto.v1.Feed;
import dev.drydock.proto.v1.Grant;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.HostPreview;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.HostStanding;
import dev.drydock.proto.v1.Notification;
import dev.drydock.proto.v1.NotificationChannel;
import dev.drydock.proto.v1.NotificationSeverity;
import dev.drydock.proto.v1.NotificationState;
import dev.drydock.proto.v1.Opening;
import dev.drydock.proto.v1.Policy;
import dev.drydock.proto.v1.PolicyState;
import dev.drydock.proto.v1.QuietHours;
import dev.drydock.proto.v1.Remediation;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutNote;
import dev.drydock.proto.v1.RolloutPreview;
import dev.drydock.proto.v1.RolloutReportResponse;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.RolloutSummary;
import dev.drydock.proto.v1.RolloutUpdate;
import dev.drydock.proto.v1.RuleStanding;
import dev.drydock.proto.v1.Run;
import dev.drydock.proto.v1.RunNote;
import dev.drydock.proto.v1.Session;
import dev.drydock.proto.v1.SimulateWindowResponse;
import dev.drydock.proto.v1.SimulatedOpening;
import dev.drydock.proto.v1.StandingGroup;
import dev.drydock.proto.v1.StandingTotals;
import dev.drydock.proto.v1.StandingWaiver;
import dev.drydock.proto.v1.Team;
import dev.drydock.proto.v1.Token;
import dev.drydock.proto.v1.TrendPoint;
import dev.drydock.proto.v1.User;
import dev.drydock.proto.v1.UserRole;
import dev.drydock.proto.v1.Vulnerability;
import dev.drydock.proto.v1.VulnerabilityFix;
import dev.drydock.proto.v1.VulnerabilitySeverity;
import dev.drydock.proto.v1.Waiver;
import dev.drydock.proto.v1.WaiverState;
import dev.drydock.proto.v1.Wave;
import dev.drydock.proto.v1.WaveForecast;
import dev.drydock.proto.v1.Window;
import java.time.Instant;

/** A small fleet in the middle of its work, as the controller would tell of it at {@link Shell#NOW}. */
final class Fleet {
    private Fleet() {}

    static Timestamp at(String instant) {
        return Timestamp.newBuilder()
                .setSeconds(Instant.parse(instant).getEpochSecond())
                .build();
    }

    static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    /** A call about web-01. */
    static AuditEntry audited(long seq, String method, String code, String said) {
        AuditEntry.Builder entry = AuditEntry.newBuilder()
                .setSeq(seq)
                .setAt(at("2026-11-24T02:00:00Z"))
                .setKind("begun")
                .setUser("olga")
                .setCredential("t-3")
                .setAddress("192.0.2.7")
                .setMethod(method)
                .setRequest(Struct.newBuilder()
                        .putFields(
                                "name",
                                Value.newBuilder().setStringValue("web-01").build()));
        return code.isEmpty()
                ? entry.build()
                : entry.setOutcome(AuditOutcome.newBuilder().setCode(code).setDescription(said))
                        .build();
    }

    static Artifact artifact() {
        return Artifact.newBuilder()
                .setDigest("sha256:" + "9c1b47e2".repeat(8))
                .setName("wordpress-2026-11.zip")
                .setSize(31_457_280)
                .setPushedAt(at("2026-11-23T03:00:00Z"))
                .build();
    }

    static Host web01() {
        return Host.newBuilder()
                .setFacts(dev.drydock.proto.facts.v1.Host.newBuilder()
                        .setId("h-1")
                        .setName("web-01")
                        .putLabels("role", "web")
                        .putLabels("env", "prod")
                        .setOs(Os.newBuilder().setPrettyName("Debian GNU/Linux 12 (bookworm)"))
                        .setKernel("6.1.0-28-amd64")
                        .setBootedAt(at("2026-10-01T00:00:00Z"))
                        .setCpu(Cpu.newBuilder().setCount(4).setModel("EPYC"))
                        .setMemoryBytes(8L << 30)
                        .setAccess(Access.newBuilder()
                                .setFailedLogins24H(200)
                                .setWorstBurst24H(20)
                                .setWorstSource("2001:db8:0:1::/64")
                                .addUidZero("root")
                                .addUidZero("toor")
                                .setWorldWritable(1)
                                .addWorldWritablePaths("/var/www/html/x.php"))
                        .addFilesystems(Filesystem.newBuilder()
                                .setMount("/")
                                .setType("ext4")
                                .setSizeBytes(20L << 30)
                                .setUsedPercent(40))
                        .setPackages(Packages.newBuilder()
                                .setPendingSecurity(1)
                                .setRefreshedAt(at("2026-11-24T02:00:00Z"))
                                .addPending(PendingUpdate.newBuilder()
                                        .setName("zlib1g")
                                        .setInstalledVersion("1:1.2.13.dfsg-1")
                                        .setAvailableVersion("1:1.2.13.dfsg-2")
                                        .setFirstSeen(at("2026-11-23T03:00:00Z")))
                                .addPending(PendingUpdate.newBuilder()
                                        .setName("openssl")
                                        .setInstalledVersion("3.0.15-1~deb12u1")
                                        .setAvailableVersion("3.0.17-1~deb12u2")
                                        .setSecurity(true)
                                        .setFirstSeen(at("2026-11-15T03:00:00Z"))))
                        .setReboot(RebootRequired.newBuilder().setRequired(true).addBy("linux-image-amd64"))
                        .addFailedServices("exim4.service")
                        .setAgentVersion("0.1.0")
                        .setRoot("/"))
                .setOnline(true)
                .setLastSeen(at("2026-11-24T02:59:40Z"))
                .setEnrolledAt(at("2026-11-01T00:00:00Z"))
                .setCertificateExpiresAt(at("2026-12-01T00:00:00Z"))
                .setClockSkew(seconds(-90))
                .build();
    }

    static Host db01() {
        return Host.newBuilder()
                .setFacts(dev.drydock.proto.facts.v1.Host.newBuilder()
                        .setId("h-2")
                        .setName("db-01")
                        .setOs(Os.newBuilder().setId("debian").setVersion("12")))
                .setDrained(true)
                .setLastSeen(at("2026-11-22T02:59:40Z"))
                .build();
    }

    static RolloutPreview preview() {
        return RolloutPreview.newBuilder()
                .setRollout(rollout(RolloutState.SCHEDULED))
                .setRunsKnown(42)
                .setTypicalRun(seconds(420))
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
                .setBegins(at(begins))
                .setEnds(at(ends))
                .setOpenings(openings)
                .build();
    }

    static User user(String name, UserRole role) {
        return User.newBuilder()
                .setName(name)
                .setRole(role)
                .addGrants(Grant.newBuilder().setRole(role))
                .setCreatedAt(at("2026-11-24T01:00:00Z"))
                .build();
    }

    /** A client's, that logs in with all there is. */
    static User shop() {
        return user("shop", UserRole.OPERATOR).toBuilder()
                .clearGrants()
                .addGrants(Grant.newBuilder().setRole(UserRole.OPERATOR).setHosts("host.labels.client == \"shop\""))
                .addGrants(Grant.newBuilder().setRole(UserRole.VIEWER).setHosts("host.labels.client == \"shared\""))
                .setHasPassword(true)
                .setHasTotp(true)
                .build();
    }

    static ApiToken apiToken() {
        return ApiToken.newBuilder()
                .setUser("shop")
                .setName("dashboard")
                .setRole(UserRole.VIEWER)
                .setHosts("host.labels.role == \"web\"")
                .setCreatedBy("admin")
                .setCreatedAt(at("2026-11-24T01:00:00Z"))
                .setExpiresAt(at("2026-11-24T04:00:00Z"))
                .setLastUsedAt(at("2026-11-24T02:30:00Z"))
                .build();
    }

    static Session session() {
        return Session.newBuilder()
                .setId("4f1c2d3e4f5a6b7c")
                .setUser("shop")
                .setAddress("192.0.2.7")
                .setCreatedAt(at("2026-11-24T01:00:00Z"))
                .setLastUsedAt(at("2026-11-24T02:30:00Z"))
                .setExpiresAt(at("2026-11-24T13:00:00Z"))
                .build();
    }

    static Token token() {
        return Token.newBuilder()
                .setId("t-1")
                .setUsesLeft(10)
                .setExpiresAt(at("2026-11-24T04:00:00Z"))
                .putLabels("role", "web")
                .build();
    }

    static Window sundayNight() {
        return Window.newBuilder()
                .setName("sunday-night")
                .setRrule("FREQ=WEEKLY;BYDAY=SU")
                .setStart("2026-11-29T02:00")
                .setZone("Europe/Berlin")
                .setDuration(seconds(3 * 3_600))
                .setCutoff(seconds(45 * 60))
                .build();
    }

    static Opening cutOpening() {
        return Opening.newBuilder()
                .setOpens(at("2026-12-06T01:00:00Z"))
                .setCloses(at("2026-12-06T03:00:00Z"))
                .setStartBefore(at("2026-12-06T02:15:00Z"))
                .setWhy("calendar black-friday (Inventory)")
                .setBlackout(blackout("2026-12-06T03:00:00Z", "2026-12-06T08:00:00Z", "Inventory"))
                .build();
    }

    static Opening lostOpening() {
        return Opening.newBuilder()
                .setOpens(at("2026-11-29T01:00:00Z"))
                .setCloses(at("2026-11-29T04:00:00Z"))
                .setStartBefore(at("2026-11-29T03:15:00Z"))
                .setWhy("calendar black-friday (Freeze)")
                .setBlackout(blackout("2026-11-22T23:00:00Z", "2026-11-30T23:00:00Z", "Freeze"))
                .build();
    }

    static SimulateWindowResponse simulated() {
        return SimulateWindowResponse.newBuilder()
                .addOpenings(SimulatedOpening.newBuilder().setByRule(opening()).setOpening(opening()))
                .addOpenings(SimulatedOpening.newBuilder()
                        .setByRule(lostOpening())
                        .setWhy(lostOpening().getWhy())
                        .setBlackout(lostOpening().getBlackout()))
                .addOpenings(SimulatedOpening.newBuilder()
                        .setByRule(cutOpening().toBuilder().setCloses(at("2026-12-06T04:00:00Z")))
                        .setOpening(cutOpening())
                        .setWhy(cutOpening().getWhy())
                        .setBlackout(cutOpening().getBlackout())
                        .setDaylight("02:00 comes twice that day; taken the first time"))
                .build();
    }

    static Calendar holidays() {
        return Calendar.newBuilder()
                .setName("holidays")
                .setSource("https://calendars.example.com/…")
                .setEvents(12)
                .setCreatedAt(at("2026-11-01T00:00:00Z"))
                .setReadAt(at("2026-11-20T00:00:00Z"))
                .setProblem("the server answered with status 503")
                .setFailingSince(at("2026-11-23T00:00:00Z"))
                .addNamedBy("window sunday-night")
                .addNamedBy("rollout web-0001")
                .addBlackouts(blackout("2026-12-25T00:00:00Z", "2026-12-26T00:00:00Z", "Christmas"))
                .build();
    }

    private static Blackout blackout(String from, String to, String summary) {
        return Blackout.newBuilder()
                .setFrom(at(from))
                .setTo(at(to))
                .setSummary(summary)
                .build();
    }

    static Opening opening() {
        return Opening.newBuilder()
                .setOpens(at("2026-11-24T02:00:00Z"))
                .setCloses(at("2026-11-24T05:00:00Z"))
                .setStartBefore(at("2026-11-24T04:15:00Z"))
                .build();
    }

    static Team dba() {
        return Team.newBuilder()
                .setName("dba")
                .setHosts("host.labels.role == \"db\"")
                .addMail("dba@example.com")
                .setWebhook("https://chat.example.com/…")
                .addNotices(seconds(86_400))
                .addNotices(seconds(3_600))
                .setCreatedAt(at("2026-11-24T01:00:00Z"))
                .setEtag("e-1")
                .addOwnedHosts("db-01")
                .addOwnedHosts("db-02")
                .setSlack("https://hooks.example.com/…")
                .putLeast("slack", NotificationSeverity.SEVERITY_WARNING)
                .setQuiet(QuietHours.newBuilder()
                        .setZone("Europe/Berlin")
                        .addDays("FRIDAY")
                        .addDays("SATURDAY")
                        .setFrom("20:00")
                        .setTo("08:00"))
                .addWarnings("the controller knows no mail server (--mail-server), so no mail is sent")
                .build();
    }

    static Notification notification(NotificationState state) {
        boolean sent = state == NotificationState.NOTIFICATION_SENT;
        return Notification.newBuilder()
                .setId("n-1")
                .setTeam("dba")
                .setChannel(NotificationChannel.MAIL)
                .setTarget("dba@example.com")
                .setSubject("In 1d: rollout web-0001 changes 2 hosts of dba")
                .setState(state)
                .setSeverity(NotificationSeverity.SEVERITY_INFO)
                .setAttempts(1)
                .setProblem(state == NotificationState.NOTIFICATION_FAILED ? "550 no such user" : "")
                .setCreatedAt(at("2026-11-24T01:00:00Z"))
                .setSentAt(sent ? at("2026-11-24T01:00:02Z") : Timestamp.getDefaultInstance())
                .setExpiresAt(at("2026-11-25T01:00:00Z"))
                .setText("In 1d rollout web-0001 begins.\nNo escape: \u001b[31m\n")
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
                .setSoak(seconds(900))
                .setRebootsAtOnce("10%")
                .setRebootInterval(seconds(30))
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
                .setCreatedAt(at("2026-11-24T01:00:00Z"))
                .setStartedAt(at("2026-11-24T02:00:00Z"))
                .setEndedAt(ended ? at("2026-11-24T02:40:00Z") : Timestamp.getDefaultInstance())
                .setOpening(opening())
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
                .setStartedAt(at("2026-11-24T02:58:00Z"))
                .build();
    }

    static RolloutUpdate update(RolloutState state, String... notes) {
        RolloutUpdate.Builder update = RolloutUpdate.newBuilder().setRollout(rollout(state));
        for (String note : notes) {
            update.addNotes(RolloutNote.newBuilder()
                    .setAt(at("2026-11-24T02:59:00Z"))
                    .setHost("web-05")
                    .setText(note));
        }
        return update.build();
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
                .setOfferedAt(at("2026-11-24T02:00:00Z"))
                .setResult(RunResult.newBuilder()
                        .setOutcome(RunState.SUCCEEDED)
                        .addChanges(openssl())
                        .setTook(seconds(150)))
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
                .setOfferedAt(at("2026-11-24T02:10:00Z"))
                .setStartedAt(at("2026-11-24T02:10:01Z"))
                .setEndedAt(at("2026-11-24T02:13:00Z"))
                .setWindowCloses(at("2026-11-24T05:00:00Z"))
                .addSteps(StepTransition.newBuilder()
                        .setPhase(StepTransition.Phase.PHASE_PREFLIGHT)
                        .setName("disk.free")
                        .setState(StepState.STEP_VERIFIED)
                        .setMeasured("9.1 GiB free")
                        .setTook(seconds(0)))
                .addSteps(StepTransition.newBuilder()
                        .setPhase(StepTransition.Phase.PHASE_STEPS)
                        .setName("Security updates")
                        .setState(StepState.STEP_ROLLED_BACK)
                        .setReason("http.check: 502, expected 200")
                        .setExitCode(100)
                        .setTail("E: nginx\u001b[2J failed\nsee journalctl")
                        .setTook(seconds(95)))
                .setResult(RunResult.newBuilder()
                        .setOutcome(RunState.ROLLED_BACK)
                        .addChanges(openssl())
                        .addRollbackEvidence("openssl 3.0.15-1~deb12u1 is installed, as before")
                        .setTook(seconds(180)))
                .build();
    }

    static RolloutSummary summary() {
        return RolloutSummary.newBuilder()
                .setName("web-0001")
                .setPlaybook("web@7")
                .setState(RolloutState.COMPLETED_WITH_FAILURES)
                .setEndedAt(at("2026-11-24T02:40:00Z"))
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

    static ComplianceReportResponse compliance() {
        return ComplianceReportResponse.newBuilder()
                .setAt(at("2026-11-24T03:00:00Z"))
                .setGrace(seconds(7 * 86_400))
                .setHosts(4)
                .setCompliant(1)
                .setPending(1)
                .setLate(1)
                .setUnknown(1)
                .addRows(row("web-01", ComplianceState.UPDATES_PENDING, 2)
                        .setOldestAge(seconds(2 * 86_400))
                        .setOldestPackage("curl")
                        .setStanding(standing(PolicyState.POLICY_WAIVED)
                                .setWaivedVulnerabilities(1)
                                .addRules(rule(PolicyState.POLICY_WAIVED, "CVE-2024-6387 for 10d").toBuilder()
                                        .setWaiver("ssh-legacy"))))
                .addRows(row("web-03", ComplianceState.COMPLIANT, 0)
                        .setLastOutcome("SUCCEEDED")
                        .setStanding(standing(PolicyState.POLICY_COMPLIANT)
                                .addRules(rule(PolicyState.POLICY_COMPLIANT, ""))))
                .addRows(row("web-05", ComplianceState.LATE, 3)
                        .setOldestAge(seconds(9 * 86_400))
                        .setOldestPackage("openssl")
                        .setRebootRequired(true)
                        .setLastOutcome("ROLLED_BACK")
                        .setStanding(standing(PolicyState.POLICY_LATE)
                                .setWorst(late())
                                .setOverdue(seconds(2 * 86_400))
                                .addRules(late())
                                .putVulnerabilities("critical", 1)
                                .putVulnerabilities("high", 3)
                                .setExploited(1)
                                .setOverdueVulnerabilities(1)))
                .addRows(row("web-11", ComplianceState.UNKNOWN, 0)
                        .setLastSeen(at("2026-11-17T03:00:00Z"))
                        .setReason("silent for 7 days")
                        .setStanding(standing(PolicyState.POLICY_UNKNOWN)
                                .setWorst(rule(PolicyState.POLICY_UNKNOWN, "silent since 2026-11-17T03:00:00Z"))
                                .addRules(rule(PolicyState.POLICY_UNKNOWN, "silent since 2026-11-17T03:00:00Z"))))
                .addRollouts(summary())
                .setTotals(totals())
                .addByPolicy(StandingGroup.newBuilder().setPolicy("web").setTotals(totals()))
                .addGroups(StandingGroup.newBuilder()
                        .setLabel("team")
                        .setValue("ops")
                        .setTotals(StandingTotals.newBuilder().setHosts(2).setCompliant(2)))
                .addTrend(TrendPoint.newBuilder()
                        .setDay("2026-11-01")
                        .setGroup(StandingGroup.newBuilder()
                                .setTotals(
                                        StandingTotals.newBuilder().setHosts(4).setCompliant(1))))
                .addRemediation(Remediation.newBuilder()
                        .setSeverity(VulnerabilitySeverity.VULNERABILITY_HIGH)
                        .setOpen(3)
                        .setOverdue(1)
                        .setMended(8)
                        .setMendedWithin(6)
                        .setMeanTime(seconds(5 * 86_400)))
                .addWaivers(StandingWaiver.newBuilder()
                        .setWaiver(waiver(WaiverState.WAIVER_STANDING))
                        .setHosts(1)
                        .setThings(1))
                .addNotPatched(RunNote.newBuilder()
                        .setHost("web-05")
                        .setRun("r-web-05")
                        .setRollout("web-0001")
                        .setOutcome("rolled_back")
                        .setReason("nginx does not answer")
                        .setEndedAt(at("2026-11-24T02:40:00Z")))
                .addFeeds(feed())
                .build();
    }

    private static RuleStanding late() {
        return rule(PolicyState.POLICY_LATE, "CVE-2024-1 (critical, openssl) for 9d of 7d & more").toBuilder()
                .setOverdue(seconds(2 * 86_400))
                .build();
    }

    private static StandingTotals totals() {
        return StandingTotals.newBuilder()
                .setHosts(4)
                .setCompliant(2)
                .setLate(1)
                .setUnknown(1)
                .setWaived(1)
                .setCritical(1)
                .build();
    }

    static Feed feed() {
        return Feed.newBuilder()
                .setSource("osv-debian")
                .setKind("osv")
                .setDigest("9c1b".repeat(16))
                .setEntries(41_200)
                .setSkipped(12)
                .setImportedAt(at("2026-11-23T03:00:00Z"))
                .setImportedBy("olga")
                .build();
    }

    static Policy policy() {
        return Policy.newBuilder()
                .setName("web")
                .setVersion(7)
                .setDigest("06e4".repeat(16))
                .setDescription("Web servers")
                .setPushedBy("olga")
                .setPushedAt(at("2026-11-20T03:00:00Z"))
                .build();
    }

    static Waiver waiver(WaiverState state) {
        Waiver.Builder waiver = Waiver.newBuilder()
                .setName("ssh-legacy")
                .setState(state)
                .setCve("CVE-2024-6387")
                .setHosts("host.labels.role == \"web\"")
                .setReason("not reachable from outside")
                .setExpiresAt(at("2026-12-24T03:00:00Z"))
                .setAskedBy("olga")
                .setAskedAt(at("2026-11-20T03:00:00Z"));
        if (state != WaiverState.WAIVER_ASKED) {
            waiver.setApprovedBy("anna").setApprovedAt(at("2026-11-21T03:00:00Z"));
        }
        if (state == WaiverState.WAIVER_REVOKED) {
            waiver.setRevokedBy("otto").setRevokedAt(at("2026-11-22T03:00:00Z"));
        }
        return waiver.build();
    }

    static Vulnerability vulnerability() {
        return Vulnerability.newBuilder()
                .setCve("CVE-2024-6387")
                .setSeverity(VulnerabilitySeverity.VULNERABILITY_HIGH)
                .setExploited(true)
                .setHosts(2)
                .setWaivedHosts(1)
                .setFirstSeen(at("2026-11-14T03:00:00Z"))
                .addPackages("openssh-server")
                .build();
    }

    static Vulnerability affected() {
        return vulnerability().toBuilder()
                .addAffected(AffectedHost.newBuilder()
                        .setHost("web-01")
                        .setPackage("openssh-server")
                        .setFirstSeen(at("2026-11-14T03:00:00Z")))
                .addAffected(AffectedHost.newBuilder()
                        .setHost("web-03")
                        .setPackage("openssh-server")
                        .setFirstSeen(at("2026-11-15T03:00:00Z"))
                        .setWaiver("ssh-legacy"))
                .addFixes(VulnerabilityFix.newBuilder()
                        .setRelease("debian:12")
                        .setPackage("openssh")
                        .setVersion("1:9.2p1-2+deb12u3")
                        .setAdvisory("DSA-5724-1"))
                .build();
    }

    private static HostStanding.Builder standing(PolicyState state) {
        return HostStanding.newBuilder().setState(state).addPolicies("web@7");
    }

    private static RuleStanding rule(PolicyState state, String detail) {
        return RuleStanding.newBuilder()
                .setPolicy("web@7")
                .setRule("cves")
                .setTitle("Vulnerabilities <mended> in time")
                .setSeverity("critical")
                .setState(state)
                .setDetail(detail)
                .build();
    }

    private static HostCompliance.Builder row(String host, ComplianceState state, int security) {
        return HostCompliance.newBuilder()
                .setHost(host)
                .setState(state)
                .setPendingSecurity(security)
                .setPendingTotal(security)
                .setLastSeen(at("2026-11-24T02:59:40Z"));
    }
}
