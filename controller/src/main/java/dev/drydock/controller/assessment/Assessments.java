package dev.drydock.controller.assessment;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostName;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.agents.Labels;
import dev.drydock.proto.facts.v1.Host;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Hosts without an agent. What is enrolled is seen by its agent: an assessment of that name is hidden. Thread-safe. */
public final class Assessments {
    /** So that looking at the wrong network does not fill the disk. */
    static final int MOST = 5_000;

    private static final int LARGEST = 1 << 20;
    private static final int LONGEST_ADDRESS = 300;

    private final AssessmentStore store;
    private final HostDirectory hosts;
    private final InstantSource clock;

    public Assessments(AssessmentStore store, HostDirectory hosts, InstantSource clock) {
        this.store = store;
        this.hosts = hosts;
        this.clock = clock;
    }

    /** Those of hosts that are not enrolled, by name. */
    public List<Assessment> all() {
        List<Assessment> all = store.all();
        if (all.isEmpty()) {
            return all;
        }
        Set<String> enrolled = hosts.all().stream()
                .filter(host -> !host.revoked())
                .map(HostView::name)
                .collect(Collectors.toSet());
        return all.stream().filter(seen -> !enrolled.contains(seen.name())).toList();
    }

    /** All that is wrong with it; empty: it can be recorded. */
    public List<String> problems(Host facts, String address) {
        List<String> problems = new ArrayList<>();
        try {
            HostName name = HostName.of(facts.getName());
            if (!name.text().equals(facts.getName())) {
                problems.add("facts.name: '" + facts.getName() + "' is not in lower case; expected " + name.text());
            }
        } catch (IllegalArgumentException e) {
            problems.add("facts.name: " + e.getMessage());
        }
        Labels.problems(facts.getLabelsMap()).forEach(problem -> problems.add("facts.labels: " + problem));
        if (address.length() > LONGEST_ADDRESS || address.chars().anyMatch(Character::isISOControl)) {
            problems.add("address: expected at most " + LONGEST_ADDRESS + " characters without control characters");
        }
        if (facts.getSerializedSize() > LARGEST) {
            problems.add("facts: are " + facts.getSerializedSize() + " bytes; expected at most " + LARGEST);
        }
        return problems;
    }

    /** Why it cannot be recorded as things stand; empty: it can. */
    public Optional<String> refusal(String name) {
        if (hosts.find(name)
                .filter(host -> host.name().equals(name) && !host.revoked())
                .isPresent()) {
            return Optional.of("Host " + name + " is enrolled: its agent tells of it.");
        }
        List<Assessment> all = store.all();
        return all.size() >= MOST && all.stream().noneMatch(seen -> seen.name().equals(name))
                ? Optional.of("There are " + MOST + " hosts without an agent already; forget some first.")
                : Optional.empty();
    }

    /** Of facts without {@link #problems} and a name without {@link #refusal}. */
    public Assessment record(Host facts, String address, String by) {
        Instant now = clock.instant();
        Optional<Host> before = store.find(facts.getName()).map(Assessment::facts);
        Assessment seen = new Assessment(Sighted.facts(facts, before, now), address, now, by);
        store.put(seen);
        return seen;
    }

    public boolean forget(String name) {
        return store.delete(name);
    }

    public boolean stale(Assessment seen) {
        return seen.stale(clock.instant());
    }
}
