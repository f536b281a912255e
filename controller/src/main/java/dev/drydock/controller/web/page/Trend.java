package dev.drydock.controller.web.page;

import dev.drydock.proto.v1.StandingGroup;
import dev.drydock.proto.v1.TrendPoint;
import java.util.List;

/**
 * How hosts stood, day by day.
 *
 * @param of which hosts; empty: all
 * @param points oldest first
 */
public record Trend(String of, List<TrendPoint> points) {
    /** Of all hosts; where the report has not all of them, of the first team or client that it has whole. */
    static Trend of(List<TrendPoint> points) {
        List<TrendPoint> together = points.stream()
                .filter(point -> point.getGroup().getPolicy().isEmpty())
                .toList();
        return together.stream()
                .map(point -> name(point.getGroup()))
                .sorted()
                .findFirst()
                .map(name -> new Trend(
                        name,
                        together.stream()
                                .filter(point -> name(point.getGroup()).equals(name))
                                .toList()))
                .orElse(new Trend("", List.of()));
    }

    private static String name(StandingGroup group) {
        return group.getLabel().isEmpty() ? "" : group.getLabel() + " " + group.getValue();
    }
}
