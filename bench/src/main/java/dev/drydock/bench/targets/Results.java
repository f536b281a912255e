package dev.drydock.bench.targets;

import dev.drydock.bench.report.Figure;
import dev.drydock.bench.report.Report;
import dev.drydock.bench.report.Section;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What probes have measured, each in a report of its own; of two of the same section the later counts. */
public final class Results {
    private final List<Report> reports;

    public Results(List<Report> reports) {
        this.reports = List.copyOf(reports);
    }

    Optional<Section> section(String key) {
        return latest(key).flatMap(report -> report.section(key));
    }

    Optional<Instant> at(String section) {
        return latest(section).map(Report::at);
    }

    /** How many agents the run of that section had. */
    Optional<Double> agents(String section) {
        return latest(section).map(report -> (double) report.agents());
    }

    Optional<Figure> figure(String section, String key) {
        return section(section).flatMap(found -> found.figures().stream()
                .filter(figure -> figure.key().equals(key))
                .findFirst());
    }

    private Optional<Report> latest(String section) {
        return reports.stream()
                .filter(report -> report.section(section).isPresent())
                .max((one, other) -> one.at().compareTo(other.at()));
    }
}
