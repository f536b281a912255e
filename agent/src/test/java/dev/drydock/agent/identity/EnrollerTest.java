package dev.drydock.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.testing.TestCa;
import dev.drydock.agent.testing.TestController;
import dev.drydock.playbooks.sign.PublicSigner;
import dev.drydock.proto.agent.v1.EnrollRequest;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EnrollerTest {
    private final TestCa ca = new TestCa();

    private static Identity enrol(int port, String token) throws IdentityException {
        return enrol(port, token, Optional.empty());
    }

    private static Identity enrol(int port, String token, Optional<Identity> former) throws IdentityException {
        return new Enroller(new SecureRandom(), InstantSource.system(), "test")
                .enrol(new ControllerAddress("127.0.0.1", port), EnrolmentToken.parse(token), "web-01", "/", former);
    }

    @Test
    void getsACertificateForAKeyOfItsOwnAndPinsAuthorityAndSigners() throws Exception {
        PublicSigner signer = PublicSigner.of("ops", new byte[32]);
        try (TestController controller = TestController.start(ca)) {
            controller.pin(signer);
            Identity identity = enrol(controller.port(), controller.token());
            assertThat(identity.hostId()).isEqualTo("h-1");
            assertThat(identity.hostName()).isEqualTo("web-01");
            assertThat(identity.roots()).containsExactly(ca.certificate());
            assertThat(identity.signers()).containsExactly(signer);
            assertThat(identity.certificate().getSubjectX500Principal().getName())
                    .isEqualTo("CN=h-1");
            assertThat(identity.key().getAlgorithm()).isEqualTo("EC");
            assertThat(identity.toString()).doesNotContain("key");
        }
    }

    @Test
    void theSameHostProvesThatItIsByItsFormerKeyAndGetsAnother() throws Exception {
        try (TestController controller = TestController.start(ca)) {
            Identity first = enrol(controller.port(), controller.token());
            Identity again = enrol(controller.port(), controller.token(), Optional.of(first));

            assertThat(again.key()).isNotEqualTo(first.key());
            EnrollRequest request = controller.enrolments.getLast();
            assertThat(request.getFormerCertificate().toByteArray())
                    .isEqualTo(first.certificate().getEncoded());
            Signature proof = Signature.getInstance("SHA256withECDSA");
            proof.initVerify(first.certificate());
            proof.update(request.getCsr().toByteArray());
            assertThat(proof.verify(request.getFormerSignature().toByteArray())).isTrue();

            Identity other = new Identity(
                    "h-2",
                    "web-02",
                    first.controller(),
                    "/",
                    first.key(),
                    first.chain(),
                    first.roots(),
                    first.signers());
            assertThatThrownBy(() -> enrol(controller.port(), controller.token(), Optional.of(other)))
                    .isInstanceOf(IdentityException.class)
                    .hasMessageContaining("it made another host of it, web-01 (h-1)");
        }
    }

    @Test
    void aTokenThatTheControllerDoesNotAcceptIsRefusedWithoutItsSecret() throws Exception {
        try (TestController controller = TestController.start(ca)) {
            String wrong = "dd1.test.another-secret-than-that." + ca.fingerprint();
            assertRefused(() -> enrol(controller.port(), wrong), "does not accept token test: The token is not valid.");
        }
    }

    @Test
    void aControllerOfAnotherAuthorityIsRefusedBeforeItSeesTheToken() throws Exception {
        try (TestController controller = TestController.start(ca)) {
            String foreign = "dd1.test." + TestController.TOKEN_SECRET + "." + new TestCa().fingerprint();
            assertRefused(() -> enrol(controller.port(), foreign), "another authority", ca.fingerprint());
            assertThat(controller.enrolments).isEmpty();
        }
    }

    @Test
    void nobodyThereIsAFailureThatNamesTheAddress() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThatThrownBy(() -> enrol(free, "dd1.t.s." + ca.fingerprint()))
                .isInstanceOfSatisfying(
                        IdentityException.class, e -> assertThat(e.isRefused()).isFalse())
                .hasMessageContaining("nothing answers at 127.0.0.1:" + free);
    }

    @Test
    void aClockThatIsWrongIsNamedAsTheCause() throws Exception {
        Instant now = Instant.now();
        try (TestController controller =
                TestController.start(ca, "127.0.0.1", now.minusSeconds(7200), now.minusSeconds(3600))) {
            assertThatThrownBy(() -> enrol(controller.port(), controller.token()))
                    .hasMessageContaining("has expired")
                    .hasMessageContaining("clock");
        }
        try (TestController controller =
                TestController.start(ca, "127.0.0.1", now.plusSeconds(3600), now.plusSeconds(7200))) {
            assertThatThrownBy(() -> enrol(controller.port(), controller.token()))
                    .hasMessageContaining("is not valid yet")
                    .hasMessageContaining("clock");
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefusedWithTheWayOut() throws Exception {
        try (TestController controller = TestController.start(
                ca, "127.0.0.9", Instant.now().minusSeconds(60), Instant.now().plusSeconds(600))) {
            assertThatThrownBy(() -> enrol(controller.port(), controller.token()))
                    .hasMessageContaining("not for the name 127.0.0.1")
                    .hasMessageContaining("--advertise 127.0.0.1");
        }
    }

    private static void assertRefused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        IdentityException.class, e -> assertThat(e.isRefused()).isTrue())
                .hasMessageContainingAll(words)
                .hasMessageNotContaining(TestController.TOKEN_SECRET);
    }
}
