package dev.drydock.controller.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RepeatedFailuresTest {
    private Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private final RepeatedFailures failures = new RepeatedFailures(() -> now, Duration.ofMinutes(10), 2);

    private static AuditEvent by(String user, String address) {
        return AuditEvent.of("login-failed").by(user).from(address);
    }

    @Test
    void theFirstIsTakenAtOnceTheOthersAreCounted() {
        assertThat(failures.failed(by("olga", "192.0.2.1"))).contains(by("olga", "192.0.2.1"));
        for (int i = 0; i < 5; i++) {
            now = now.plusSeconds(1);
            assertThat(failures.failed(by("olga", "192.0.2.1"))).isEmpty();
        }
        assertThat(failures.due()).isEmpty();

        now = Instant.parse("2026-11-29T12:10:00Z");
        assertThat(failures.due())
                .containsExactly(by("olga", "192.0.2.1")
                        .with("more", "5")
                        .with("since", "2026-11-29T12:00:00Z")
                        .with("until", "2026-11-29T12:00:05Z"));
        assertThat(failures.due()).isEmpty();
        assertThat(failures.failed(by("olga", "192.0.2.1"))).isPresent();
    }

    @Test
    void oneAloneIsNotCountedAgain() {
        assertThat(failures.failed(by("olga", "192.0.2.1"))).isPresent();
        now = now.plusSeconds(3_600);
        assertThat(failures.due()).isEmpty();
        assertThat(failures.all()).isEmpty();
    }

    @Test
    void onlySoManyAreToldApart() {
        assertThat(failures.failed(by("olga", "192.0.2.1"))).isPresent();
        assertThat(failures.failed(by("anna", "192.0.2.1"))).isPresent();
        for (int i = 0; i < 10_000; i++) {
            assertThat(failures.failed(by("u" + i, "192.0.2.2"))).isEmpty();
        }
        assertThat(failures.failed(by("anna", "192.0.2.1"))).isEmpty();

        List<AuditEvent> all = failures.all();
        assertThat(all).extracting(AuditEvent::user).containsExactly("anna", "");
        assertThat(all).extracting(event -> event.detail().get("more")).containsExactly("1", "10000");
        assertThat(all.getLast().detail()).containsKey("of");
        assertThat(all.getFirst().detail())
                .isEqualTo(Map.of("more", "1", "since", "2026-11-29T12:00:00Z", "until", "2026-11-29T12:00:00Z"));
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        assertThat(failures.failed(by("", "2001:db8:0:7:0:0:0:1"))).contains(by("", "2001:db8:0:7:0:0:0:1"));
        assertThat(failures.failed(by("", "2001:db8:0:7:1:2:3:4"))).isEmpty();
        assertThat(failures.failed(by("", "2001:db8:0:8:0:0:0:1"))).isPresent();
        assertThat(failures.all()).singleElement().satisfies(event -> {
            assertThat(event.address()).isEqualTo("2001:db8:0:7::/64");
            assertThat(event.detail()).containsEntry("more", "1");
        });
    }
}
