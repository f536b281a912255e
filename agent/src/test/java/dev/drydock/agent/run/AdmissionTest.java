package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.drydock.playbooks.sign.SigningKey;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OfferReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every reason for which an offer is refused, through the keeper that the session sees. */
class AdmissionTest {
    @TempDir
    Path root;

    private KeeperLab lab;

    @BeforeEach
    void open() throws IOException {
        lab = new KeeperLab(root);
    }

    @AfterEach
    void nothingWasDone() throws IOException {
        lab.close();
        assertThat(lab.calls).isEmpty();
        try (Stream<Path> runs = Files.list(lab.directory.resolve("runs"))) {
            assertThat(runs).isEmpty();
        }
    }

    @Test
    void anEnvelopeOfAnUnknownSigner() throws Exception {
        byte[] envelope = KeeperLab.envelope(KeeperLab.PLAYBOOK, SigningKey.generate("stranger"));
        refused(lab.offer("r"), envelope, "signature", "not among the pinned signers");
    }

    @Test
    void noPinnedSignersAtAll() throws Exception {
        lab.pinned = List.of();
        refused(lab.offer("r"), lab.envelope(), "signature", "pinned signers (none)");
    }

    @Test
    void aPlaybookThatWasChangedAfterItWasSigned() throws Exception {
        String changed = new String(KeeperLab.canonical(KeeperLab.PLAYBOOK), StandardCharsets.UTF_8)
                .replace("test.change", "test.other");
        String original = Base64.getEncoder().encodeToString(KeeperLab.canonical(KeeperLab.PLAYBOOK));
        String tampered = Base64.getEncoder().encodeToString(changed.getBytes(StandardCharsets.UTF_8));
        byte[] envelope = new String(lab.envelope(), StandardCharsets.UTF_8)
                .replace(original, tampered)
                .getBytes(StandardCharsets.UTF_8);
        refused(lab.offer("r"), envelope, "signature", "changed after it was signed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "no json"})
    void noEnvelope(String bytes) throws Exception {
        refused(lab.offer("r"), bytes.getBytes(StandardCharsets.UTF_8), "signature", "");
    }

    @Test
    void anotherPlaybookThanTheOneThatWasNamed() throws Exception {
        String other = KeeperLab.PLAYBOOK.replace("name: test", "name: other");
        refused(lab.offer("r"), KeeperLab.envelope(other, lab.key), "digest", "the offer names the playbook");
    }

    @Test
    void anActionThatThisAgentDoesNotHave() throws Exception {
        String other = KeeperLab.PLAYBOOK.replace("test.change", "test.other");
        refused(lab.offer("r", other), KeeperLab.envelope(other, lab.key), "invalid_playbook", "no action test.other");
    }

    @Test
    void parametersThatDoNotFit() throws Exception {
        refused(lab.offer("r").putParams("prat", "x"), lab.envelope(), "params", "did you mean part?");
    }

    @Test
    void aHostThatThePlaybookIsNotFor() throws Exception {
        refused(lab.offer("r").putLabels("role", "db"), lab.envelope(), "host_filter", "not for this host");
        refused(lab.offer("r2").clearLabels(), lab.envelope(), "host_filter", "not for this host");
    }

    @ParameterizedTest
    @CsvSource({
        "allow: none, allow: none",
        "actions: {deny: [test.change]}, denies test.change",
        "actions: {allow: [os.packages]}, does not allow test.change",
        "signers: [], signed by",
        "windows: [weekend], the window 'night'",
        "widnows: [night], did you mean windows?",
    })
    void whatTheHostsOwnPolicyDoesNotAllow(String policy, String reason) throws Exception {
        lab.writePolicy(policy);
        refused(lab.offer("r"), lab.envelope(), "policy", reason);
    }

    @Test
    void aWindowInWhichNothingStartsAnyMore() throws Exception {
        Offer.Builder offer = lab.offer("r");
        lab.time.pass(Duration.ofHours(2).plusSeconds(1));
        refused(offer, lab.envelope(), "window_closed", "no run starts in this window after");
    }

    @Test
    void aClockThatIsBehindDoesNotReopenAWindow() throws Exception {
        Offer.Builder offer = lab.offer("r");
        lab.time.pass(Duration.ofHours(3));
        offer.setOfferedAt(Instants.of(lab.time.wall()));
        lab.time.setWallOff(Duration.ofHours(-2));
        refused(offer, lab.envelope(), "window_closed", "no run starts");
    }

    @ParameterizedTest
    @ValueSource(ints = {-6, 6})
    void clocksThatDifferInTheLastMinute(int seconds) throws Exception {
        Offer.Builder offer = lab.offer("r");
        lab.time.pass(Duration.ofHours(2).minusSeconds(59));
        offer.setOfferedAt(Instants.of(lab.time.wall()));
        lab.time.setWallOff(Duration.ofSeconds(seconds));
        refused(offer, lab.envelope(), "clock_skew", "differ by more than 5 s");
    }

    @Test
    void aWindowThatMakesNoSense() throws Exception {
        Offer.Builder offer = lab.offer("r");
        offer.setWindowCloses(offer.getWindowOpens());
        refused(offer, lab.envelope(), "invalid_offer", "makes no sense");
        Offer.Builder late = lab.offer("r2");
        Timestamp after = Instants.of(Instants.of(late.getWindowCloses()).plusSeconds(1));
        refused(late.setStartBefore(after), lab.envelope(), "invalid_offer", "makes no sense");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../../etc", "a/b", ".hidden", "a b"})
    void aRunIdThatIsNoNameOfADirectory(String id) throws Exception {
        refused(lab.offer(id), lab.envelope(), "invalid_offer", "cannot be the id of a run");
    }

    @Test
    void anOfferThatWouldNotFitIntoTheJournal() throws Exception {
        refused(
                lab.offer("r").putParams("part", "x".repeat(300_000)),
                lab.envelope(),
                "invalid_offer",
                "at most 262144 are allowed");
    }

    private void refused(Offer.Builder offer, byte[] envelope, String code, String reason) throws IOException {
        OfferReply reply = lab.keeper().offer(offer.build(), envelope);
        assertThat(reply.getAccepted()).isFalse();
        assertThat(reply.getReasonCode()).isEqualTo(code);
        assertThat(reply.getReason()).contains(reason).doesNotContain("\n");
        assertThat(reply.getRunId()).isEqualTo(offer.getRunId());
    }
}
