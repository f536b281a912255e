package dev.drydock.controller.document;

import dev.drydock.proto.v1.StandingTotals;
import dev.drydock.proto.v1.TrendPoint;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the fleet stood day by day: a column a day, in parts. Boxes and no SVG: browsers and the PDF's renderer both draw them as
 * they are.
 *
 * @param bars from the left, and from the bottom up
 * @param from the first day; empty: there is nothing to show
 */
public record TrendChart(List<Bar> bars, String from, String to) {
    /** In points. */
    static final double WIDTH = 515;

    static final double HEIGHT = 64;

    /** Days before the report's day, and itself. */
    static final int DAYS = 90;

    public TrendChart {
        bars = List.copyOf(bars);
    }

    /** @param part as the style sheet names it */
    public record Bar(String part, double left, double bottom, double width, double height) {
        /** As CSS says it. */
        public String style() {
            return String.format(
                    Locale.ROOT, "left:%.2fpt;bottom:%.2fpt;width:%.2fpt;height:%.2fpt", left, bottom, width, height);
        }
    }

    /** Of all hosts by all policies. */
    static TrendChart of(List<TrendPoint> trend, LocalDate today) {
        double step = WIDTH / DAYS;
        List<Bar> bars = new ArrayList<>();
        String from = "";
        for (TrendPoint point : trend) {
            long ago = ago(point, today);
            StandingTotals totals = point.getGroup().getTotals();
            boolean whole = point.getGroup().getPolicy().isEmpty()
                    && point.getGroup().getLabel().isEmpty();
            if (!whole || ago < 0 || ago >= DAYS || totals.getHosts() <= 0) {
                continue;
            }
            from = from.isEmpty() || point.getDay().compareTo(from) < 0 ? point.getDay() : from;
            double left = (DAYS - 1 - ago) * step;
            double bottom = 0;
            for (Part part : parts(totals)) {
                double height = HEIGHT * Math.clamp((double) part.hosts() / totals.getHosts(), 0, 1);
                if (part.hosts() > 0 && bottom + height <= HEIGHT + 0.01) {
                    bars.add(new Bar(part.name(), left, bottom, step, height));
                    bottom += height;
                }
            }
        }
        return new TrendChart(bars, from, from.isEmpty() ? "" : today.toString());
    }

    private static long ago(TrendPoint point, LocalDate today) {
        return ChronoUnit.DAYS.between(LocalDate.parse(point.getDay()), today);
    }

    private static List<Part> parts(StandingTotals totals) {
        return List.of(
                new Part("good", totals.getCompliant()),
                new Part("due", totals.getDue()),
                new Part("unknown", totals.getUnknown()),
                new Part("late", totals.getLate()));
    }

    private record Part(String name, int hosts) {}
}
