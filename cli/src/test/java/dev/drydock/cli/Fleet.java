package dev.drydock.cli;

import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.drydock.proto.facts.v1.Access;
import dev.drydock.proto.facts.v1.Cpu;
import dev.drydock.proto.facts.v1.Filesystem;
import dev.drydock.proto.facts.v1.Os;
import dev.drydock.proto.facts.v1.Packages;
import dev.drydock.proto.facts.v1.PendingUpdate;
import dev.drydock.proto.facts.v1.RebootRequired;
import dev.drydock.proto.v1.Artifact;
import dev.drydock.proto.v1.Assessment;
import dev.drydock.proto.v1.AuditEntry;
import dev.drydock.proto.v1.AuditOutcome;
import dev.drydock.proto.v1.Blackout;
import dev.drydock.proto.v1.Calendar;
import dev.drydock.proto.v1.Controller;
import dev.drydock.proto.v1.Diagnosis;
import dev.drydock.proto.v1.DiagnosisFinding;
import dev.drydock.proto.v1.FindingLevel;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.Notification;
import dev.drydock.proto.v1.NotificationChannel;
import dev.drydock.proto.v1.NotificationSeverity;
import dev.drydock.proto.v1.NotificationState;
import dev.drydock.proto.v1.Opening;
import dev.drydock.proto.v1.QuietHours;
import dev.drydock.proto.v1.SimulateWindowResponse;
import dev.drydock.proto.v1.SimulatedOpening;
import dev.drydock.proto.v1.Team;
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

    /** With nothing wrong that would not wait. */
    static Diagnosis diagnosis() {
        return Diagnosis.newBuilder()
                .setVersion("0.1.0")
                .setAt(at("2026-11-24T03:00:00Z"))
                .addFindings(DiagnosisFinding.newBuilder()
                        .setLevel(FindingLevel.FINDING_ADVICE)
                        .setArea("hosts")
                        .setText("drained: they get no runs")
                        .addNames("db-01")
                        .setCount(1)
                        .setNextStep("drydock host drain HOST --undo"))
                .addFindings(DiagnosisFinding.newBuilder()
                        .setLevel(FindingLevel.FINDING_FINE)
                        .setArea("disk")
                        .setText("51200 MiB (80 %) are free where the data lies"))
                .build();
    }

    static Controller leader() {
        return Controller.newBuilder()
                .setName("ctl-1.example.com:7443")
                .setVersion("0.1.0")
                .setLeads(true)
                .setTerm(7)
                .setLeadsSince(at("2026-11-22T03:00:00Z"))
                .setStartedAt(at("2026-11-20T03:00:00Z"))
                .setSeenAt(at("2026-11-24T02:59:59Z"))
                .setAgents(12)
                .build();
    }

    static Controller follower() {
        return Controller.newBuilder()
                .setName("ctl-2.example.com:7443")
                .setVersion("0.1.0")
                .setStartedAt(at("2026-11-22T03:00:00Z"))
                .setSeenAt(at("2026-11-24T02:58:00Z"))
                .setAgents(11)
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

    /** A host without an agent. */
    static Assessment agentless() {
        return Assessment.newBuilder()
                .setFacts(web01().getFacts().toBuilder().clearId().setName("old-01"))
                .setAddress("admin@192.0.2.7")
                .setSeenAt(web01().getLastSeen())
                .setSeenBy("ann")
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
}
