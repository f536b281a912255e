package dev.drydock.cli.command;

import dev.drydock.cli.output.Width;
import java.util.ArrayList;
import java.util.List;

/** The share of hosts that is up to date over the span, as columns of blocks. */
final class SimulationChart {
    private static final int ROWS = 6;
    private static final int EIGHTHS = 8;
    private static final String BLOCKS = " ▁▂▃▄▅▆▇█";
    private static final int LABEL = 6;
    private static final int NARROWEST = 10;

    private SimulationChart() {}

    /** @param width columns that no line is wider than, where that leaves room for a picture */
    static List<String> lines(List<Double> shares, String from, String until, int width) {
        if (shares.isEmpty()) {
            return List.of();
        }
        int columns = Math.min(shares.size(), Math.max(NARROWEST, width - LABEL));
        List<String> lines = new ArrayList<>();
        lines.add("hosts with the newest release's patches");
        for (int row = ROWS - 1; row >= 0; row--) {
            StringBuilder line = new StringBuilder(label(row));
            for (int column = 0; column < columns; column++) {
                long level = Math.round(mean(shares, column, columns) * ROWS * EIGHTHS) - (long) row * EIGHTHS;
                line.append(BLOCKS.charAt((int) Math.clamp(level, 0, EIGHTHS)));
            }
            lines.add(line.toString().stripTrailing());
        }
        int gap = columns - Width.of(from) - Width.of(until);
        lines.add(" ".repeat(LABEL) + (gap > 0 ? from + " ".repeat(gap) + until : from));
        return lines;
    }

    private static String label(int row) {
        return switch (row) {
            case ROWS - 1 -> "100 % ";
            case ROWS / 2 - 1 -> " 50 % ";
            default -> " ".repeat(LABEL);
        };
    }

    private static double mean(List<Double> shares, int column, int columns) {
        int from = shares.size() * column / columns;
        int to = Math.max(from + 1, shares.size() * (column + 1) / columns);
        return shares.subList(from, to).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }
}
