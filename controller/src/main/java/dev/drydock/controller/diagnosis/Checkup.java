package dev.drydock.controller.diagnosis;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All examinations at once, the worst findings first. Thread-safe where they are; blocks for as long as they take. */
public final class Checkup {
    private final Map<String, Examination> examinations;
    private final InstantSource clock;

    /** @param examinations by what they look at, in the order in which their findings are told */
    public Checkup(Map<String, Examination> examinations, InstantSource clock) {
        this.examinations = new LinkedHashMap<>(examinations);
        this.clock = clock;
    }

    public List<Finding> findings() {
        return examinations.entrySet().stream()
                .flatMap(entry -> examined(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Finding::level).reversed())
                .toList();
    }

    private Stream<Finding> examined(String area, Examination examination) {
        try {
            return examination.examine(clock.instant()).stream();
        } catch (Exception e) {
            return Stream.of(Finding.trouble(
                    area, "could not be looked at: " + e.getMessage(), "See the controller's log for this time."));
        }
    }
}
