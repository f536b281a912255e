package dev.drydock.controller.compliance.finding;

import static dev.drydock.controller.compliance.Hosts.NOW;
import static dev.drydock.controller.compliance.Hosts.host;
import static dev.drydock.controller.compliance.Hosts.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.vulnerability.Fix;
import dev.drydock.controller.vulnerability.Severity;
import dev.drydock.controller.vulnerability.VulnerabilityIndex;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever hosts tell and feeds say, one after the other, with controllers that start anew in between. */
class FindingsPropertyTest {
    private static final List<VulnerabilityIndex> FEEDS = List.of(
            VulnerabilityIndex.EMPTY,
            new VulnerabilityIndex(List.of(fix("CVE-1", "a", "2"), fix("CVE-2", "a", "3")), Set.of()),
            new VulnerabilityIndex(List.of(fix("CVE-1", "a", "2"), fix("CVE-3", "b", "2")), Set.of("CVE-1")));

    private static Fix fix(String cve, String name, String version) {
        return new Fix(cve, "debian:12", name, version, Severity.HIGH, "");
    }

    /**
     * @param a offered version of the package a; 1: none
     * @param age of what is on offer, in hours
     */
    record Event(int a, int b, int age, int feed, boolean restart) {}

    @Provide
    Arbitrary<List<Event>> events() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(false, false, true))
                .as(Event::new)
                .list()
                .ofMaxSize(12);
    }

    private static HostView told(Event event, Instant now) {
        Duration age = Duration.ofHours(event.age()).plus(Duration.between(now, NOW));
        return host("web", facts -> {
            if (event.a() > 1) {
                facts.getPackagesBuilder().addPending(update("a", "1", Integer.toString(event.a()), age));
            }
            if (event.b() > 1) {
                facts.getPackagesBuilder().addPending(update("b", "1", Integer.toString(event.b()), age));
            }
        });
    }

    @Property(tries = 300)
    void whatIsOpenIsWhatIsThereAndNoClockStartsAnew(@ForAll("events") List<Event> events) {
        Record record = new Record();
        Findings findings = new Findings(record);
        Map<Finding.Key, Instant> clocks = new HashMap<>();
        Instant now = NOW;
        for (Event event : events) {
            now = now.plus(Duration.ofHours(1));
            if (event.restart()) {
                findings = new Findings(record);
            }
            HostView host = told(event, now);
            VulnerabilityIndex feed = FEEDS.get(event.feed());
            findings.refresh(List.of(host), feed, now, (one, finding) -> Optional.empty());

            List<Finding> open = findings.of(host.id());
            assertThat(open)
                    .extracting(Finding::key)
                    .containsExactlyInAnyOrderElementsOf(Observations.of(host.facts(), feed, now).stream()
                            .map(Finding::key)
                            .toList());
            assertThat(record.open().getOrDefault(host.id(), List.of())).containsExactlyInAnyOrderElementsOf(open);
            Map<Finding.Key, Instant> next = new HashMap<>();
            for (Finding finding : open) {
                Instant before = clocks.getOrDefault(finding.key(), Instant.MAX);
                assertThat(finding.firstSeen()).isBeforeOrEqualTo(before).isBeforeOrEqualTo(now);
                next.put(finding.key(), finding.firstSeen());
            }
            clocks = next;
        }
        int writes = record.writes;
        List<Event> last = events.isEmpty() ? List.of() : List.of(events.getLast());
        for (Event event : last) {
            findings.refresh(
                    List.of(told(event, now)), FEEDS.get(event.feed()), now, (one, finding) -> Optional.empty());
        }
        assertThat(record.writes).as("the same again writes nothing").isEqualTo(writes);
    }

    /** As the store keeps it: one open finding of a key, all or nothing. */
    private static final class Record implements FindingStore {
        private final Map<String, Map<Finding.Key, Finding>> open = new HashMap<>();
        private int writes;

        @Override
        public Map<String, List<Finding>> open() {
            Map<String, List<Finding>> copy = new HashMap<>();
            open.forEach((host, findings) -> copy.put(host, new ArrayList<>(findings.values())));
            return copy;
        }

        @Override
        public void apply(List<HostChanges> changes) {
            writes++;
            for (HostChanges host : changes) {
                Map<Finding.Key, Finding> own = open.computeIfAbsent(host.hostId(), id -> new HashMap<>());
                host.opened().forEach(one -> assertThat(own.put(one.key(), one)).isNull());
                host.changed()
                        .forEach(one -> assertThat(own.put(one.key(), one)).isNotNull());
                host.resolved()
                        .forEach(one ->
                                assertThat(own.remove(one.finding().key())).isNotNull());
            }
        }

        @Override
        public Map<String, List<Mended>> mendedSince(LocalDate day) {
            return Map.of();
        }

        @Override
        public List<PastFinding> history(String hostId, int most) {
            return List.of();
        }
    }
}
