package dev.drydock.controller.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.proto.facts.v1.Host;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final Host WEB = host("web-01", "web");
    private static final Host DB = host("db-01", "db");
    private static final Host BARE = Host.newBuilder().setName("bare").build();

    private static Host host(String name, String role) {
        return Host.newBuilder().setName(name).putLabels("role", role).build();
    }

    private static Window window(
            String name, String start, int cutoffMinutes, String hosts, boolean exclusive, String... calendars) {
        return new Window(
                name,
                Optional.of("FREQ=WEEKLY"),
                LocalDateTime.parse(start),
                ZoneId.of("UTC"),
                Duration.ofHours(3),
                Duration.ofMinutes(cutoffMinutes),
                Window.DEFAULT_RESERVE,
                List.of(calendars),
                hosts.isEmpty() ? Optional.empty() : Optional.of(hosts),
                exclusive);
    }

    private static List<String> contradictions(Window... windows) {
        return new HostRules(List.of(windows), NOW).contradictions(windows[0].name(), List.of(WEB, DB, BARE));
    }

    @Test
    void windowsThatKeepDifferentCalendarsContradictEachOtherForTheHostsOfBoth() {
        assertThat(contradictions(
                        window("all", "2026-11-29T02:00", 0, "true", false, "freeze"),
                        window("db", "2026-12-02T02:00", 0, "host.labels.role == \"db\"", false)))
                .containsExactly("windows all and db contradict each other: they keep different calendars (db-01)");
    }

    @Test
    void differentCutoffsMatterWhereBothAreOpen() {
        assertThat(contradictions(
                        window("one", "2026-11-29T02:00", 0, "true", false),
                        window("two", "2026-11-29T04:59", 30, "\"role\" in host.labels", false)))
                .containsExactly("windows one and two contradict each other: both are open at 2026-11-29T04:59:00Z and"
                        + " differ in cutoff or reserve (web-01, db-01)");
        assertThat(contradictions(
                        window("one", "2026-11-29T02:00", 0, "true", false),
                        window("two", "2026-11-29T05:00", 30, "true", false)))
                .isEmpty();
        assertThat(contradictions(
                        window("one", "2026-11-29T02:00", 30, "true", false),
                        window("two", "2026-11-29T04:00", 30, "true", false)))
                .isEmpty();
    }

    @Test
    void anExclusiveWindowIsTheOnlyOneOfItsHosts() {
        Window only = window("db", "2026-12-02T02:00", 0, "host.labels.role == \"db\"", true);

        assertThat(contradictions(only, window("all", "2026-11-29T02:00", 0, "true", false)))
                .containsExactly(
                        "windows db and all contradict each other: db is to be the only one of its hosts (db-01)");
        assertThat(contradictions(only, window("web", "2026-11-29T02:00", 0, "host.labels.role == \"web\"", false)))
                .isEmpty();
        assertThat(contradictions(only, window("anyone", "2026-11-29T02:00", 0, "", false)))
                .as("one without a selector claims no hosts")
                .isEmpty();
    }

    @Test
    void aContradictionIsOfTheHostsThatLabelsMakeItOf() {
        HostRules rules = new HostRules(
                List.of(
                        window("web", "2026-11-29T02:00", 0, "host.labels.role == \"web\"", true),
                        window("prod", "2026-11-30T02:00", 0, "host.labels.env == \"prod\"", false)),
                NOW);

        assertThat(rules.agree()).isFalse();
        assertThat(rules.contradiction(WEB)).isEmpty();
        assertThat(rules.contradiction(WEB.toBuilder().putLabels("env", "prod").build()))
                .contains("windows web and prod contradict each other: web is to be the only one of its hosts");
    }

    @Test
    void aWindowIsForTheHostsOfItsSelector() {
        var outside = HostRules.outside(window("web", "2026-11-29T02:00", 0, "host.labels.role == \"web\"", false));

        assertThat(outside.apply(WEB)).isEmpty();
        assertThat(outside.apply(DB)).contains("window web is not for it: host.labels.role == \"web\"");
        assertThat(outside.apply(BARE)).isPresent();
        assertThat(HostRules.outside(window("any", "2026-11-29T02:00", 0, "", false))
                        .apply(BARE))
                .isEmpty();
    }

    @Test
    void aSelectorThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new WindowDraft(
                                "w",
                                "",
                                "2026-11-29T02:00",
                                "UTC",
                                Duration.ofHours(1),
                                Duration.ZERO,
                                Optional.empty(),
                                List.of(),
                                "host.label.role == 3",
                                false)
                        .validate())
                .isInstanceOf(InvalidWindowException.class)
                .hasMessageStartingWith("hosts: ");
        assertThatThrownBy(() -> new WindowDraft(
                                "w",
                                "",
                                "2026-11-29T02:00",
                                "UTC",
                                Duration.ofHours(1),
                                Duration.ZERO,
                                Optional.empty(),
                                List.of(),
                                " ",
                                true)
                        .validate())
                .hasMessageStartingWith("exclusive: ");
    }
}
