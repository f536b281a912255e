package dev.drydock.controller.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.diagnosis.Finding.Level;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Packages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostsExaminationTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static HostView host(Host.Builder facts, boolean online, Instant seen, Instant expires, Duration skew) {
        return new HostView(
                facts.setId("h-" + facts.getName()).build(),
                online,
                Optional.of(seen),
                NOW.minus(Duration.ofDays(9)),
                expires,
                false,
                false,
                false,
                Optional.of(skew));
    }

    private static HostView well(Host.Builder facts) {
        return host(facts, true, NOW, NOW.plus(Duration.ofDays(30)), Duration.ZERO);
    }

    private static Host.Builder named(String name) {
        return Host.newBuilder().setName(name).setAgentVersion("1.0");
    }

    private static List<Finding> found(HostView... hosts) {
        return new HostsExamination(() -> List.of(hosts), "1.0", Duration.ofDays(30)).examine(NOW);
    }

    @Test
    void aFleetThatIsWellHasOneLine() {
        assertThat(found(well(named("a")), well(named("b"))))
                .containsExactly(new Finding(Level.FINE, "hosts", "2 of 2 are connected", List.of(), ""));
    }

    @Test
    void noHostsIsAdviceAndNoTrouble() {
        assertThat(found()).extracting(Finding::level).containsExactly(Level.ADVICE);
    }

    @Test
    void eachTroubleNamesItsHosts() {
        HostView away = host(
                named("away"), false, NOW.minus(Duration.ofMinutes(16)), NOW.plus(Duration.ofDays(30)), Duration.ZERO);
        HostView briefly = host(
                named("briefly"),
                false,
                NOW.minus(Duration.ofMinutes(14)),
                NOW.plus(Duration.ofDays(30)),
                Duration.ZERO);
        HostView ending = host(named("ending"), true, NOW, NOW.plus(Duration.ofDays(2)), Duration.ZERO);
        HostView fast = host(named("fast"), true, NOW, NOW.plus(Duration.ofDays(30)), Duration.ofSeconds(31));
        HostView slow = host(named("slow"), true, NOW, NOW.plus(Duration.ofDays(30)), Duration.ofSeconds(-31));
        HostView broken = well(named("broken").setPackages(Packages.newBuilder().addBroken("half-installed: nginx")));
        HostView old = well(named("old").setAgentVersion("0.9"));

        List<Finding> findings = found(away, briefly, ending, fast, slow, broken, old);

        assertThat(findings)
                .filteredOn(finding -> finding.level() != Level.FINE)
                .extracting(finding -> finding.level() + " " + String.join(" ", finding.names()))
                .containsExactly("TROUBLE ending", "TROUBLE broken", "ADVICE away", "ADVICE fast slow", "ADVICE old");
        assertThat(findings).allSatisfy(finding -> assertThat(finding.level() == Level.FINE)
                .isEqualTo(finding.nextStep().isEmpty()));
    }
}
