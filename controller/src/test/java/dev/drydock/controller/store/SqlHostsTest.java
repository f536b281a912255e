package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.agents.HostName;
import dev.drydock.controller.agents.HostRecord;
import dev.drydock.controller.agents.NewHost;
import dev.drydock.controller.agents.Sighting;
import dev.drydock.controller.agents.TestKeys;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.CertificateRequest;
import dev.drydock.controller.security.EnrolmentTokens.Created;
import dev.drydock.controller.security.IssuedCertificate;
import dev.drydock.controller.security.TokenRefusedException;
import dev.drydock.controller.security.TokenText;
import dev.drydock.proto.facts.v1.Host;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlHostsTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final AtomicInteger number = new AtomicInteger();
    private SqlStore store;
    private SqlHosts hosts;
    private SqlEnrolmentTokens tokens;
    private CertificateAuthority authority;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        hosts = new SqlHosts(store, now::get);
        authority = CertificateAuthority.open(directory, now::get, RANDOM);
        tokens = new SqlEnrolmentTokens(store, now::get, RANDOM, authority.fingerprint());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private TokenText token(int uses) {
        Created created = tokens.create(uses, Duration.ofHours(1), Map.of("role", "web"));
        return TokenText.parse(created.secret()).orElseThrow();
    }

    private HostRecord enrol(String name, TokenText token) {
        String id = "h-" + number.incrementAndGet();
        return hosts.enrol(new NewHost(id, HostName.of(name), certificate(id), now()), token);
    }

    private Instant now() {
        return Objects.requireNonNull(now.get());
    }

    private IssuedCertificate certificate(String id) {
        return authority.issueForHost(id, new CertificateRequest(TestKeys.p256().getPublic()), Duration.ofDays(30));
    }

    private int certificatesOf(String hostId) {
        return store.read(handle -> handle.createQuery("SELECT COUNT(*) FROM certificates WHERE host_id = :id")
                .bind("id", hostId)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void aHostIsOnRecordWithItsCertificateAndTheTokensUseIsTaken() {
        TokenText token = token(2);
        HostRecord host = enrol("web", token);
        assertThat(host)
                .isEqualTo(new HostRecord(
                        "h-1",
                        "web",
                        Map.of("role", "web"),
                        NOON,
                        NOON.plus(Duration.ofDays(30)),
                        false,
                        false,
                        false,
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        Optional.empty()));
        assertThat(hosts.find("h-1")).contains(host);
        assertThat(hosts.find("web")).contains(host);
        assertThat(hosts.find("h-2")).isEmpty();
        assertThat(certificatesOf("h-1")).isEqualTo(1);
        assertThat(tokens.list().getFirst().usesLeft()).isEqualTo(1);
    }

    @Test
    void aTokenOfTenUsesLetsExactlyTenInHoweverManyTryAtOnce() {
        TokenText token = token(10);
        List<CompletableFuture<Boolean>> tries = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            tries.add(CompletableFuture.supplyAsync(() -> {
                try {
                    enrol("web", token);
                    return true;
                } catch (TokenRefusedException e) {
                    return false;
                }
            }));
        }
        assertThat(tries.stream().filter(CompletableFuture::join)).hasSize(10);
        assertThat(hosts.all()).hasSize(10).extracting(HostRecord::name).doesNotHaveDuplicates();
        assertThat(tokens.list().getFirst().usesLeft()).isZero();
    }

    @Test
    void aHostThatCannotBeOnRecordTakesNoUse() {
        TokenText token = token(2);
        enrol("web", token);
        IssuedCertificate certificate = certificate("h-1");
        assertThatThrownBy(() -> hosts.enrol(new NewHost("h-1", HostName.of("db"), certificate, NOON), token))
                .hasMessageContaining("hosts")
                .hasMessageContaining("id");
        assertThat(tokens.list().getFirst().usesLeft()).isEqualTo(1);
        assertThat(certificatesOf("h-1")).isEqualTo(1);
    }

    @Test
    void theLogLearnsWhyATokenIsRefused() {
        TokenText spent = token(1);
        enrol("web", spent);
        assertThatThrownBy(() -> hosts.check(spent))
                .isInstanceOf(TokenRefusedException.class)
                .hasMessageContaining("spent");
        TokenText revoked = token(1);
        assertThat(tokens.revoke(revoked.id()).orElseThrow().revoked()).isTrue();
        assertThatThrownBy(() -> hosts.check(revoked)).hasMessageContaining("revoked");
        TokenText late = token(1);
        hosts.check(late);
        now.set(NOON.plus(Duration.ofHours(1)));
        assertThatThrownBy(() -> hosts.check(late)).hasMessageContaining("expired at 2026-11-24T13:00:00Z");
        TokenText wrong = new TokenText(late.id(), "B".repeat(43), late.caFingerprint());
        assertThatThrownBy(() -> hosts.check(wrong))
                .hasMessageContaining("secret")
                .hasMessageContaining("wrong")
                .hasMessageNotContaining("BBB");
        assertThatThrownBy(() -> hosts.check(new TokenText("none", "B".repeat(43), "0".repeat(64))))
                .hasMessageContaining("no token none");
        assertThat(tokens.revoke("none")).isEmpty();
    }

    @Test
    void ofASecretOnlyTheHashIsStored() {
        TokenText token = token(1);
        String stored = store.read(handle -> handle.createQuery("SELECT secret_hash FROM enrolment_tokens")
                .mapTo(String.class)
                .one());
        assertThat(stored).isEqualTo(token.secretHash()).doesNotContain(token.secret());
        assertThat(token.toString()).doesNotContain(token.secret());
        assertThat(token.caFingerprint()).isEqualTo(authority.fingerprint());
    }

    @Test
    void allThatIsWrongWithANewTokenIsSaid() {
        assertThatThrownBy(() -> tokens.create(0, Duration.ofDays(31), Map.of("1bad", "x", "ok", "a\nb")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("uses: 0", "at most 30 days", "\"1bad\"", "\"ok\"");
        assertThat(tokens.list()).isEmpty();
    }

    @Test
    void newestTokensComeFirst() {
        TokenText first = token(1);
        now.set(NOON.plusSeconds(1));
        TokenText second = token(1);
        assertThat(tokens.list()).extracting(token -> token.id()).containsExactly(second.id(), first.id());
    }

    @Test
    void labelsAreSetAndRemoved() {
        enrol("web", token(1));
        assertThat(hosts.label("web", Map.of("tier", "front", "site", "a"), Set.of("role"))
                        .orElseThrow()
                        .labels())
                .isEqualTo(Map.of("tier", "front", "site", "a"));
        assertThatThrownBy(() -> hosts.label("web", Map.of("bad key", "x"), Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"bad key\"");
        assertThat(hosts.find("web").orElseThrow().labels()).isEqualTo(Map.of("tier", "front", "site", "a"));
        assertThat(hosts.label("nobody", Map.of(), Set.of())).isEmpty();
    }

    @Test
    void drainedRevokedAndClonedStay() {
        enrol("web", token(1));
        assertThat(hosts.drain("web", true).orElseThrow().drained()).isTrue();
        assertThat(hosts.drain("web", false).orElseThrow().drained()).isFalse();
        assertThat(hosts.revoked()).isEmpty();
        assertThat(hosts.revoke("h-1").orElseThrow().revoked()).isTrue();
        assertThat(hosts.revoke("h-1").orElseThrow().revoked()).isTrue();
        assertThat(hosts.revoked()).containsExactly("h-1");
        assertThat(hosts.cloned("h-1").join()).isTrue();
        assertThat(hosts.find("h-1").orElseThrow().cloned()).isTrue();
        assertThat(hosts.clearClone("web").orElseThrow().cloned()).isFalse();
        assertThat(hosts.clearClone("nobody")).isEmpty();
    }

    @Test
    void aRevokedHostsCertificateIsNotRenewed() {
        enrol("web", token(1));
        now.set(NOON.plus(Duration.ofDays(20)));
        assertThat(hosts.renewed("h-1", certificate("h-1"))).isTrue();
        assertThat(hosts.find("h-1").orElseThrow().certificateExpiresAt()).isEqualTo(NOON.plus(Duration.ofDays(50)));
        hosts.revoke("h-1");
        assertThat(hosts.renewed("h-1", certificate("h-1"))).isFalse();
        assertThat(hosts.renewed("h-9", certificate("h-9"))).isFalse();
        assertThat(certificatesOf("h-1")).isEqualTo(2);
        assertThat(certificatesOf("h-9")).isZero();
    }

    @Test
    void factsAndSightingsAreKept() {
        enrol("web", token(1));
        enrol("db", token(1));
        Host facts = Host.newBuilder().setKernel("6.1.0").build();
        hosts.reported("h-1", "f1", facts).join();
        hosts.seen(Map.of(
                        "h-1", new Sighting(NOON.plusSeconds(30), Optional.of(Duration.ofSeconds(-2))),
                        "h-2", new Sighting(NOON.plusSeconds(40), Optional.empty())))
                .join();
        hosts.seen(Map.of("h-1", new Sighting(NOON.plusSeconds(10), Optional.of(Duration.ofSeconds(9)))))
                .join();
        hosts.seen(Map.of("h-1", new Sighting(NOON.plusSeconds(31), Optional.empty())))
                .join();

        HostRecord web = hosts.find("web").orElseThrow();
        assertThat(web.facts()).contains(facts);
        assertThat(web.factsDigest()).isEqualTo("f1");
        assertThat(web.lastSeen()).contains(NOON.plusSeconds(31));
        assertThat(web.clockSkew()).contains(Duration.ofSeconds(-2));
        assertThat(hosts.find("db").orElseThrow().lastSeen()).contains(NOON.plusSeconds(40));
        assertThat(hosts.all()).extracting(HostRecord::name).containsExactly("db", "web");

        Host newer = Host.newBuilder().setKernel("6.1.1").build();
        hosts.reported("h-1", "f2", newer).join();
        assertThat(hosts.all()).extracting(HostRecord::facts).containsExactly(Optional.empty(), Optional.of(newer));
        assertThat(new SqlHosts(store, now::get).find("web").orElseThrow().facts())
                .contains(newer);
    }
}
