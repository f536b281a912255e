package dev.drydock.controller.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.drydock.controller.agents.TestAgent.Connection;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.CertificateRequest;
import dev.drydock.controller.security.EnrolmentTokens.Created;
import dev.drydock.controller.security.IssuedCertificate;
import dev.drydock.controller.security.TokenText;
import dev.drydock.proto.agent.v1.EnrollRequest;
import dev.drydock.proto.agent.v1.EnrollResponse;
import dev.drydock.proto.agent.v1.RenewRequest;
import dev.drydock.proto.agent.v1.RenewResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnrolmentTest {
    @TempDir
    Path directory;

    private TestPlane plane;

    @BeforeEach
    void start() throws Exception {
        plane = TestPlane.in(directory);
    }

    @AfterEach
    void close() {
        plane.close();
    }

    @Test
    void aTokenLetsAHostInAndItsCertificateOpensASession() {
        Instant before = Instant.now();
        try (TestAgent agent = plane.agent("Web-01.example.org")) {
            assertThat(agent.name).isEqualTo("web-01.example.org");
            HostView host = plane.plane.directory().find(agent.hostId).orElseThrow();
            assertThat(host.facts().getLabelsMap()).isEqualTo(Map.of("role", "web"));
            assertThat(host.online()).isFalse();
            assertThat(host.certificateExpiresAt())
                    .isBetween(before.plus(29, ChronoUnit.DAYS), before.plus(31, ChronoUnit.DAYS));

            agent.connect("i-1");

            assertThat(plane.plane
                            .directory()
                            .find("web-01.example.org")
                            .orElseThrow()
                            .online())
                    .isTrue();
        }
    }

    @Test
    void tellsTheAgentWhomToTrust() {
        EnrollResponse response = TestAgent.enroll(plane, plane.token(), "web", TestKeys.request(TestKeys.p256()));

        assertThat(response.getCaCertificatesList())
                .containsExactly(ByteString.copyFrom(new IssuedCertificate(List.of(plane.authority.certificate()))
                        .encoded()
                        .getFirst()));
        assertThat(response.getSignersList()).singleElement().satisfies(signer -> {
            assertThat(signer.getName()).isEqualTo(TestPlane.SIGNER.name());
            assertThat(signer.getKeyId()).isEqualTo(TestPlane.SIGNER.keyId());
            assertThat(signer.getPublicKey().toByteArray()).isEqualTo(TestPlane.SIGNER.rawKey());
        });
    }

    @Test
    void hostsOfOneNameGetNumbers() {
        assertThat(List.of(plane.agent("web"), plane.agent("web"), plane.agent("web-2"), plane.agent("WEB")))
                .extracting(agent -> agent.name)
                .containsExactly("web", "web-2", "web-2-2", "web-3");
        assertThat(plane.plane.directory().all())
                .extracting(HostView::name)
                .containsExactly("web", "web-2", "web-2-2", "web-3");
    }

    @Test
    void aTokenIsGoodForItsUsesOnly() {
        Created two = plane.tokens.create(2, Duration.ofHours(1), Map.of());
        enrol(two.secret());
        enrol(two.secret());

        assertThat(refusal(two.secret()).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(plane.plane.directory().all()).hasSize(2);
        assertThat(plane.tokens.list()).extracting(token -> token.usesLeft()).containsExactly(0);
    }

    @Test
    void everyWrongTokenGetsTheSameAnswer() {
        Created good = plane.tokens.create(1, Duration.ofHours(1), Map.of());
        Created revoked = plane.tokens.create(1, Duration.ofHours(1), Map.of());
        plane.tokens.revoke(revoked.token().id());
        Created expired = plane.tokens.create(1, Duration.ofNanos(1_000), Map.of());
        TokenText text = TokenText.parse(good.secret()).orElseThrow();
        String wrongSecret = new TokenText(text.id(), "A".repeat(43), text.caFingerprint()).text();
        String unknown = new TokenText("0123456789ab", text.secret(), text.caFingerprint()).text();

        List<Status> refusals = List.of(
                refusal(revoked.secret()),
                refusal(expired.secret()),
                refusal(wrongSecret),
                refusal(unknown),
                refusal("no token at all"));

        assertThat(refusals).extracting(Status::getCode).containsOnly(Status.Code.UNAUTHENTICATED);
        assertThat(refusals)
                .extracting(Status::getDescription)
                .containsOnly(refusals.getFirst().getDescription());
        assertThat(refusals.getFirst().getDescription()).contains("drydock token create");
        assertThat(plane.plane.directory().all()).isEmpty();
        enrol(good.secret());
    }

    @Test
    void whoTriesTokensHasToWait() {
        for (int i = 0; i < TokenGuard.WRONG; i++) {
            assertThat(refusal("wrong").getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
        assertThat(refusal(plane.token()).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        plane.passes(TokenGuard.WHILE);
        enrol(plane.token());
    }

    @Test
    void aRequestThatIsNoGoodTakesNoUse() {
        String token = plane.token();
        assertThat(catchThrowableOfType(
                                StatusRuntimeException.class,
                                () -> TestAgent.enroll(plane, token, "web", new byte[] {1}))
                        .getStatus())
                .satisfies(status -> {
                    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                    assertThat(status.getDescription()).contains("PKCS#10");
                });
        assertThat(catchThrowableOfType(
                                StatusRuntimeException.class,
                                () -> TestAgent.enroll(plane, token, "a b", TestKeys.request(TestKeys.p256())))
                        .getStatus()
                        .getDescription())
                .contains("\"a b\"")
                .contains("Expected");
        enrol(token);
    }

    @Test
    void renewsTheCertificateOfTheCaller() throws Exception {
        try (TestAgent agent = plane.agent("web")) {
            KeyPair pair = TestKeys.p256();
            RenewResponse response = agent.enrollment()
                    .renew(RenewRequest.newBuilder()
                            .setCsr(ByteString.copyFrom(TestKeys.request(pair)))
                            .build());
            assertThat(response.getCertificateChainCount()).isEqualTo(2);
            int certificates = plane.store.read(
                    handle -> handle.createQuery("SELECT COUNT(*) FROM certificates WHERE host_id = :host")
                            .bind("host", agent.hostId)
                            .mapTo(Integer.class)
                            .one());
            assertThat(certificates).isEqualTo(2);
        }
    }

    @Test
    void aHostWhoseCertificateHasEndedKeepsItsIdentity() {
        KeyPair key = TestKeys.p256();
        EnrollResponse first = TestAgent.enroll(plane, plane.token(), "web", TestKeys.request(key));
        plane.plane.admin().label(first.getHostId(), Map.of("tier", "front"), Set.of());
        X509Certificate ended = former(plane.authority, first.getHostId(), key);
        assertThat(ended.getNotAfter()).isBefore(Instant.now());

        EnrollResponse again = TestAgent.enroll(plane, again(plane.token(), ended, key, key));

        assertThat(again.getHostId()).isEqualTo(first.getHostId());
        assertThat(again.getHostName()).isEqualTo("web");
        HostView host = plane.plane.directory().find("web").orElseThrow();
        assertThat(host.facts().getLabelsMap()).containsEntry("tier", "front");
        assertThat(host.certificateExpiresAt()).isAfter(Instant.now().plus(29, ChronoUnit.DAYS));
        assertThat(plane.plane.directory().all()).hasSize(1);
    }

    @Test
    void whoDoesNotProveThatItIsTheSameHostTakesNoUseOfTheToken() throws Exception {
        KeyPair key = TestKeys.p256();
        String id = TestAgent.enroll(plane, plane.token(), "web", TestKeys.request(key))
                .getHostId();
        X509Certificate ended = former(plane.authority, id, key);
        CertificateAuthority other =
                CertificateAuthority.open(directory.resolve("foreign"), InstantSource.system(), new SecureRandom());
        String token = plane.token();

        assertThat(refusal(again(token, ended, TestKeys.p256(), key)).getDescription())
                .contains("did not sign the request");
        assertThat(refusal(again(token, former(other, id, key), key, key)).getDescription())
                .contains("none that this authority issued");
        assertThat(refusal(again(token, former(plane.authority, "h-unknown", key), key, key))
                        .getCode())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        plane.hosts.cloned(id).join();
        assertThat(refusal(again(token, ended, key, key)).getDescription()).contains("two of it were seen");
        plane.plane.admin().clearClone(id);
        plane.plane.admin().revoke(id);
        assertThat(refusal(again(token, ended, key, key)).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        enrol(token);
    }

    private static X509Certificate former(CertificateAuthority authority, String id, KeyPair key) {
        return authority
                .issueForHost(id, new CertificateRequest(key.getPublic()), Duration.ofSeconds(-2))
                .chain()
                .getFirst();
    }

    /** @param signer whose word it is that the host is the same */
    private static EnrollRequest again(String token, X509Certificate former, KeyPair signer, KeyPair key) {
        try {
            byte[] csr = TestKeys.request(key);
            Signature proof = Signature.getInstance("SHA256withECDSA");
            proof.initSign(signer.getPrivate());
            proof.update(csr);
            return EnrollRequest.newBuilder()
                    .setToken(token)
                    .setHostname("another-name")
                    .setCsr(ByteString.copyFrom(csr))
                    .setFormerCertificate(ByteString.copyFrom(former.getEncoded()))
                    .setFormerSignature(ByteString.copyFrom(proof.sign()))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Status refusal(EnrollRequest request) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> TestAgent.enroll(plane, request))
                .getStatus();
    }

    @Test
    void withoutACertificateOnlyEnrolIsOpen() {
        try (TestAgent nobody = TestAgent.withoutCertificate(plane)) {
            Connection connection = nobody.open();
            assertThat(connection.status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(connection.status().getDescription()).contains("enrol this host first");
            assertThat(catchThrowableOfType(StatusRuntimeException.class, () -> nobody.enrollment()
                                    .renew(RenewRequest.getDefaultInstance()))
                            .getStatus()
                            .getCode())
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    private EnrollResponse enrol(String token) {
        return TestAgent.enroll(plane, token, "web", TestKeys.request(TestKeys.p256()));
    }

    private Status refusal(String token) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> enrol(token))
                .getStatus();
    }
}
