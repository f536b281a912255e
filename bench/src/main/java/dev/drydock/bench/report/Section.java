package dev.drydock.bench.report;

import java.util.List;
import java.util.NoSuchElementException;

/**
 * The figures of one probe, in the order in which they are printed.
 *
 * @param key stable, for scripts, unique within a report
 */
public record Section(String key, String title, List<Figure> figures) {
    public Section {
        figures = List.copyOf(figures);
    }

    /** @throws NoSuchElementException when the section has no such figure */
    public Figure figure(String figureKey) {
        return figures.stream()
                .filter(figure -> figure.key().equals(figureKey))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no figure " + figureKey + " in section " + key));
    }
}
