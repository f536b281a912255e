package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.Lab;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may make a host do something: only signers that it pinned, whatever the controller says or was made to say. */
@WithFleet(packed = true)
class TrustIT {
    private static Fleet fleet;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
    }

    @Test
    void thePushOfAnUnknownSignerIsRefused() throws Exception {
        Path stranger = fleet.newKey("stranger");
        Path file = fleet.write("strange", Playbooks.packages("strange", "lab-ok", "1m"));
        fleet.cli().ok("playbook", "sign", file.toString(), "--key", stranger.toString());

        assertThat(fleet.cli().complains(3, "playbook", "push", file.toString()))
                .contains("not among the pinned");
    }

    @Test
    void thePushOfATamperedEnvelopeIsRefused() throws Exception {
        Path file = fleet.write("tampered", Playbooks.packages("tampered", "lab-ok", "1m"));
        fleet.cli()
                .ok(
                        "playbook",
                        "sign",
                        file.toString(),
                        "--key",
                        fleet.directory().resolve("ops.key").toString());
        Path envelope = fleet.directory().resolve("tampered.yaml.dsse.json");
        Files.writeString(envelope, tampered(Files.readString(envelope)));

        assertThat(fleet.cli().complains(3, "playbook", "push", file.toString()))
                .contains("changed after it was signed");
    }

    /** A controller that was broken into: its database says other things than the signer did. */
    @Test
    void theAgentRefusesWhatWasTamperedInTheDatabase() throws Exception {
        LabHost host = fleet.enrolled("careful");
        host.install("lab-ok=1.0");
        fleet.push("changed", Playbooks.packages("changed", "lab-ok", "1m"));
        fleet.controller().stop();
        tamperInDatabase("changed");
        fleet.controller().start();

        Run run = fleet.ended(fleet.start("changed", host));

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.REFUSED);
        assertThat(run.getReason()).containsAnyOf("signature", "digest");
        assertThat(host.version("lab-ok")).isEqualTo("1.0");
    }

    /** Pinned at the controller after the host enrolled: the host does not know the signer. */
    @Test
    void theAgentRefusesASignerThatItDidNotPin() throws Exception {
        LabHost host = fleet.enrolled("loyal");
        host.install("lab-ok=1.0");
        Path late = fleet.newKey("late");
        fleet.cli().ok("key", "pin", fleet.directory().resolve("late.pub").toString());
        Path file = fleet.write("late", Playbooks.packages("late", "lab-ok", "1m"));
        fleet.cli().ok("playbook", "sign", file.toString(), "--key", late.toString());
        fleet.cli().ok("playbook", "push", file.toString());

        Run run = fleet.ended(fleet.start("late", host));

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.REFUSED);
        assertThat(run.getReason()).contains("not among the pinned signers");
        assertThat(host.version("lab-ok")).isEqualTo("1.0");
    }

    @Test
    void aWrongTokenAndAForeignAuthorityAreRefused(Lab lab) {
        LabHost host = fleet.bare("stranger");
        String token = fleet.token();
        String[] parts = token.split("\\.");

        host.put("/root/wrong", parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length()) + "." + parts[3], 0600);
        var wrong = host.trySh(enroll("/root/wrong"));
        assertThat(wrong.getExitCode()).isEqualTo(3);
        assertThat(wrong.getStderr()).contains("token").doesNotContain(parts[2]);

        host.put("/root/foreign", parts[0] + "." + parts[1] + "." + parts[2] + "." + "0".repeat(64), 0600);
        var foreign = host.trySh(enroll("/root/foreign"));
        assertThat(foreign.getExitCode()).isEqualTo(3);
        assertThat(foreign.getStderr()).contains("another authority").doesNotContain(parts[2]);

        host.put("/root/right", token, 0600);
        assertThat(host.trySh(enroll("/root/right")).getExitCode()).isZero();
    }

    private static String enroll(String tokenFile) {
        return "drydock-agent enroll --controller " + fleet.controller().agentAddress() + " --token-file " + tokenFile;
    }

    /** The payload says something else, and is a well-formed playbook still. */
    private static String tampered(String envelope) {
        var payload = java.util.regex.Pattern.compile("\"payload\"\\s*:\\s*\"([^\"]+)\"")
                .matcher(envelope);
        assertThat(payload.find()).isTrue();
        String canonical =
                new String(Base64.getDecoder().decode(payload.group(1)), java.nio.charset.StandardCharsets.UTF_8);
        String other = canonical.replace("lab-ok", "lab-no");
        assertThat(other).isNotEqualTo(canonical);
        return envelope.replace(
                payload.group(1),
                Base64.getEncoder().encodeToString(other.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static void tamperInDatabase(String playbook) throws Exception {
        try (Connection database = DriverManager.getConnection(
                "jdbc:sqlite:" + fleet.controller().data().resolve("drydock.db"))) {
            byte[] envelope;
            try (PreparedStatement read = database.prepareStatement("SELECT envelope FROM playbooks WHERE name = ?")) {
                read.setString(1, playbook);
                ResultSet row = read.executeQuery();
                assertThat(row.next()).isTrue();
                envelope = row.getBytes(1);
            }
            try (PreparedStatement write =
                    database.prepareStatement("UPDATE playbooks SET envelope = ? WHERE name = ?")) {
                write.setBytes(
                        1,
                        tampered(new String(envelope, java.nio.charset.StandardCharsets.UTF_8))
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
                write.setString(2, playbook);
                assertThat(write.executeUpdate()).isEqualTo(1);
            }
        }
    }
}
