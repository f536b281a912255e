package dev.drydock.bench.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All that one run measured. */
public record Report(Instant at, int agents, Machine machine, List<Section> sections, List<Comparison> comparisons) {
    public Report {
        sections = List.copyOf(sections);
        comparisons = List.copyOf(comparisons);
    }

    /** Compares what can be compared among the sections. */
    public static Report of(Instant at, int agents, Machine machine, List<Section> sections) {
        return new Report(at, agents, machine, sections, Comparisons.among(sections));
    }

    /** The section of this key, if that probe was run. */
    public Optional<Section> section(String key) {
        return sections.stream().filter(section -> section.key().equals(key)).findFirst();
    }
}
