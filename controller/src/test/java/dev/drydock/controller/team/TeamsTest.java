package dev.drydock.controller.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.naming.ChangedMeanwhileException;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.SqlTeams;
import dev.drydock.controller.store.TestStores;
import dev.drydock.proto.facts.v1.Host;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real database. */
final class TeamsTest {
    private static final String DBA = "host.labels.role == \"db\"";
    private static final String HOOK = "https://chat.example.com/hooks/T0/B0";

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private SqlStore store;
    private Teams teams;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        teams = teams();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Teams teams() {
        return new Teams(new SqlTeams(store), () -> now, new SecureRandom());
    }

    private static TeamDraft draft(String hosts, String webhook, String secret, boolean replace, String etag) {
        return new TeamDraft(
                "dba", hosts, List.of("dba@example.com"), webhook, secret, Optional.empty(), replace, etag);
    }

    @Test
    void isThereAfterARestart() throws InvalidTeamException {
        Team made = teams.create(draft(DBA, HOOK, "", false, "")).team();

        assertThat(teams().all()).containsExactly(made);
        assertThat(made.notices()).containsExactly(Duration.ofHours(24), Duration.ofHours(1));
    }

    @Test
    void theSameAgainChangesNothing() throws InvalidTeamException {
        Teams.Made made = teams.create(draft(DBA, HOOK, "", false, ""));
        now = now.plusSeconds(60);

        Teams.Made again = teams.create(draft(DBA, HOOK, "", false, ""));

        assertThat(made.secret()).isPresent();
        assertThat(again.secret()).isEmpty();
        assertThat(again.team()).isEqualTo(made.team());
        assertThatThrownBy(() -> teams.create(draft("true", HOOK, "", false, "")))
                .isInstanceOf(TeamExistsException.class)
                .hasMessageContaining("--replace");
    }

    @Test
    void keepsItsSecretForAsLongAsItsWebhookStays() throws InvalidTeamException {
        WebhookSecret first =
                teams.create(draft(DBA, HOOK, "", false, "")).secret().orElseThrow();

        Team same = teams.create(draft("true", HOOK, "", true, "")).team();
        Teams.Made other = teams.create(draft("true", HOOK + "/2", "", true, ""));

        assertThat(same.webhook().orElseThrow().secret()).isEqualTo(first);
        assertThat(other.secret()).isPresent().get().isNotEqualTo(first);
    }

    @Test
    void keepsALinkThatIsWrittenAsItIsShown() throws InvalidTeamException {
        Teams.Made made = teams.create(draft(DBA, HOOK, "", false, ""));
        String shown = made.team().webhook().orElseThrow().shown();

        assertThat(teams.create(draft(DBA, shown, "", false, "")).team()).isEqualTo(made.team());
        Teams.Made other =
                teams.create(draft("true", shown, "", true, made.team().etag()));
        assertThat(other.team().webhook()).isEqualTo(made.team().webhook());
        assertThat(other.secret()).isEmpty();
    }

    @Test
    void keepsNoLinkOfAnotherHost() throws InvalidTeamException {
        var unused = teams.create(draft(DBA, HOOK, "", false, ""));

        for (String foreign : List.of("https://evil.example.com/…", "https://chat.example.com:8443/…", "/…")) {
            assertThatThrownBy(() -> teams.create(draft(DBA, foreign, "", true, "")))
                    .isInstanceOf(InvalidTeamException.class)
                    .hasMessageContaining("webhook: '" + foreign + "'")
                    .hasMessageContaining("write it out");
        }
        var alsoUnused = teams.create(draft(DBA, "", "", true, ""));
        assertThatThrownBy(() -> teams.create(draft(DBA, "https://chat.example.com/…", "", true, "")))
                .as("it was taken away")
                .isInstanceOf(InvalidTeamException.class);
    }

    @Test
    void isOnlyReplacedWhereItIsTheOneThatWasSeen() throws InvalidTeamException {
        Team seen = teams.create(draft(DBA, "", "", false, "")).team();
        Team since = teams.create(draft("true", "", "", true, "")).team();

        assertThatThrownBy(() -> teams.create(draft("false", "", "", true, seen.etag())))
                .isInstanceOf(ChangedMeanwhileException.class);
        assertThatThrownBy(() -> teams.delete("dba", seen.etag())).isInstanceOf(ChangedMeanwhileException.class);
        assertThat(teams.all()).containsExactly(since);

        teams.delete("dba", since.etag());
        assertThat(teams().all()).isEmpty();
        assertThatThrownBy(() -> teams.delete("dba", "")).isInstanceOf(UnknownTeamException.class);
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        TeamDraft wrong = new TeamDraft(
                "D B A",
                "host.labels.role =",
                List.of("dba@example.com\r\nBcc: x@example.com", "a@b", "a@b"),
                "http://chat.example.com/",
                "c2hvcnQ=",
                Optional.of(List.of(Duration.ofDays(32))),
                false,
                "");

        assertThatThrownBy(() -> teams.create(wrong))
                .isInstanceOf(InvalidTeamException.class)
                .hasMessageContainingAll(
                        "name: 'D B A'",
                        "hosts: ",
                        "is no address",
                        "mail: 'a@b' is there twice",
                        "webhook: expected https://",
                        "webhook_secret: expected 24 to 64 bytes",
                        "notices: 32d; expected from 1m to 31d");
        assertThat(teams.all()).isEmpty();
    }

    @Test
    void ownsWhatItsSelectorSelects() throws InvalidTeamException {
        Team team = teams.create(draft("host.labels[\"role\"] == \"db\"", "", "", false, ""))
                .team();

        Host db = Host.newBuilder().putLabels("role", "db").build();
        assertThat(Teams.owned(team).test(db)).isTrue();
        assertThat(Teams.owned(team).test(Host.getDefaultInstance())).isFalse();
    }

    @Test
    void noSecretIsInAnyOfItsTexts() throws InvalidTeamException {
        Teams.Made made = teams.create(draft(DBA, HOOK, "", false, ""));

        assertThat(made.toString())
                .doesNotContain(made.secret().orElseThrow().base64())
                .doesNotContain("/hooks/");
    }

    private static TeamDraft hearing(String chat, Map<String, Severity> least, Optional<QuietDraft> quiet) {
        return new TeamDraft(
                "dba", DBA, List.of("dba@example.com"), "", "", chat, Optional.empty(), least, quiet, true, "");
    }

    @Test
    void whatItWantsToHearIsThereAfterARestart() throws InvalidTeamException {
        Team made = teams.create(hearing(
                        HOOK,
                        Map.of("dba@example.com", Severity.CRITICAL, Listening.CHAT, Severity.WARNING),
                        Optional.of(new QuietDraft("Asia/Tokyo", List.of("friday", "SATURDAY"), "20:00", "08:00"))))
                .team();

        assertThat(teams().all()).containsExactly(made);
        assertThat(made.listening().quiet().orElseThrow().sortedDays())
                .extracting(Enum::name)
                .containsExactly("FRIDAY", "SATURDAY");
        Team without = teams.create(hearing(HOOK, Map.of(), Optional.empty())).team();
        assertThat(without.etag()).isNotEqualTo(made.etag());
        assertThat(without.toString()).doesNotContain("/hooks/");
    }

    @Test
    void saysWhatIsWrongWithWhatItWantsToHear() {
        assertThatThrownBy(() -> teams.create(hearing(
                        "http://chat.example.com/x",
                        Map.of("other@example.com", Severity.INFO, Listening.WEBHOOK, Severity.INFO),
                        Optional.of(new QuietDraft("Mars/North", List.of("funday"), "8", "24:00")))))
                .isInstanceOf(InvalidTeamException.class)
                .hasMessageContainingAll(
                        "slack: expected https://",
                        "least: 'other@example.com' is no address of the team",
                        "least: 'webhook' is no address",
                        "quiet.zone: 'Mars/North'",
                        "quiet.days: 'funday'",
                        "quiet.from: '8'",
                        "quiet.to: '24:00'");
        assertThatThrownBy(() -> teams.create(
                        hearing("", Map.of(), Optional.of(new QuietDraft("UTC", List.of(), "00:00", "00:00")))))
                .hasMessageContaining("quiet: they never end");
    }
}
