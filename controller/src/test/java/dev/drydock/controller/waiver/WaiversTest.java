package dev.drydock.controller.waiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqlWaivers;
import dev.drydock.controller.store.TestStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaiversTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path directory;

    private Instant now = NOON;
    private SqlStore store;
    private Waivers waivers;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        waivers = again();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Waivers again() {
        return new Waivers(new SqlWaivers(store), () -> now);
    }

    private static WaiverDraft draft(String name) {
        return new WaiverDraft(
                name, "", "CVE-2024-6387", "", "true", "not reachable from outside", NOON.plus(Duration.ofDays(30)));
    }

    @Test
    void itCountsOnceAnotherPersonHasApprovedItAndUntilItExpires() throws Exception {
        waivers.ask(draft("ssh"), "olga");
        assertThat(waivers.standing(now)).isEmpty();
        assertThatThrownBy(() -> waivers.approve("ssh", "olga"))
                .isInstanceOf(WaiverRefusedException.class)
                .hasMessageContaining("another person");

        waivers.approve("ssh", "anna");
        assertThat(again().standing(now)).singleElement().satisfies(waiver -> {
            assertThat(waiver.approved()).contains(new Waiver.Said("anna", NOON));
            assertThat(waiver.askedBy()).isEqualTo("olga");
        });

        now = NOON.plus(Duration.ofDays(30));
        assertThat(waivers.standing(now)).isEmpty();
        assertThat(waivers.find("ssh").state(now)).isEqualTo(Waiver.State.EXPIRED);
    }

    @Test
    void oneThatIsRevokedStaysOnRecordAndCountsNoMore() throws Exception {
        waivers.ask(draft("ssh"), "olga");
        waivers.approve("ssh", "anna");
        waivers.revoke("ssh", "otto");
        assertThat(waivers.standing(now)).isEmpty();
        assertThat(again().find("ssh").revoked()).contains(new Waiver.Said("otto", NOON));
        assertThatThrownBy(() -> waivers.approve("ssh", "anna")).hasMessageContaining("was revoked");
    }

    @Test
    void theSameAgainChangesNothingAndAnotherOfThatNameIsRefused() throws Exception {
        Waiver asked = waivers.ask(draft("ssh"), "olga");
        waivers.approve("ssh", "anna");
        assertThat(waivers.ask(draft("ssh"), "olga").approved()).isPresent();
        assertThatThrownBy(() -> waivers.ask(draft("ssh"), "otto")).isInstanceOf(WaiverExistsException.class);
        assertThat(asked.state(now)).isEqualTo(Waiver.State.ASKED);
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() -> waivers.ask(
                        new WaiverDraft("Bad Name", "web", "", "a b", "host.", "why", NOON.minusSeconds(1)), "olga"))
                .isInstanceOf(InvalidWaiverException.class)
                .message()
                .contains("name: 'Bad Name'")
                .contains("rule, cve, package: more than one is given")
                .contains("hosts: expression")
                .contains("reason: 'why'; expected 10 to 2000 characters")
                .contains("expires_at: 2026-11-24T11:59:59Z is over");
        assertThatThrownBy(() -> waivers.ask(
                        new WaiverDraft(
                                "w", "web", "", "", "true", "for ever and a day", NOON.plus(Duration.ofDays(400))),
                        "olga"))
                .hasMessageContaining("rule: 'web'; expected POLICY/RULE")
                .hasMessageContaining("is more than 366 days away");
    }
}
