package dev.drydock.bench.report;

import java.util.List;
import java.util.Locale;

/** Lines over two axes that begin at zero, as SVG. Pure. */
public final class Chart {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int EDGE = 40;
    private static final List<String> COLOURS = List.of("#1668a8", "#b3541e", "#3f7d3a", "#6b4aa0");

    /** One point of a line. */
    public record Point(double x, double y) {}

    /** One line; at least one point. */
    public record Line(String name, List<Point> points) {}

    private Chart() {}

    public static String svg(String title, String across, String up, List<Line> lines) {
        double mostX = most(lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Point::x)
                .max()
                .orElse(1));
        double mostY = most(lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Point::y)
                .max()
                .orElse(1));
        StringBuilder text =
                new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                        + "\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\"><title>" + escaped(title)
                        + "</title><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        text.append(label(LEFT, 20, "start", title))
                .append(label(WIDTH - EDGE, HEIGHT - 4, "end", across))
                .append(label(LEFT, 36, "start", up));
        for (int i = 0; i <= 4; i++) {
            double y = y(mostY * i / 4, mostY);
            text.append(
                    String.format(Locale.ROOT, "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>%n", LEFT, y, WIDTH - EDGE));
            text.append(label(LEFT - 6, y + 4, "end", number(mostY * i / 4)));
            text.append(label(x(mostX * i / 4, mostX), HEIGHT - EDGE + 18, "middle", number(mostX * i / 4)));
        }
        for (int i = 0; i < lines.size(); i++) {
            String colour = COLOURS.get(i % COLOURS.size());
            StringBuilder path = new StringBuilder();
            for (Point point : lines.get(i).points()) {
                path.append(String.format(
                        Locale.ROOT,
                        "%s%.1f %.1f",
                        path.isEmpty() ? "M" : "L",
                        x(point.x(), mostX),
                        y(point.y(), mostY)));
            }
            text.append("<path d=\"" + path + "\" fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"2\"/>\n");
            text.append("<g fill=\"" + colour + "\">"
                    + label(WIDTH - EDGE, 20 + 16 * i, "end", lines.get(i).name()) + "</g>\n");
        }
        return text.append("</svg>\n").toString();
    }

    /** The axis' end: 1, 2 or 5 times a power of ten, not below. */
    static double most(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
        for (double step : new double[] {1, 2, 5}) {
            if (value <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private static double x(double value, double most) {
        return LEFT + value / most * (WIDTH - EDGE - LEFT);
    }

    private static double y(double value, double most) {
        return HEIGHT - EDGE - value / most * (HEIGHT - EDGE - 50);
    }

    private static String label(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, escaped(text));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%,.2f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
