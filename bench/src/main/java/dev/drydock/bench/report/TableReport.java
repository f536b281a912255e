package dev.drydock.bench.report;

import java.util.List;
import java.util.Locale;

/** Reports for people: one aligned block a section, then the comparison with the bare stack. */
public final class TableReport implements ReportWriter {
    @Override
    public String write(Report report) {
        StringBuilder text = new StringBuilder();
        machine(text, report.machine());
        report.sections().forEach(section -> section(text, section));
        if (!report.comparisons().isEmpty()) {
            comparisons(text, report.comparisons());
        }
        return text.toString();
    }

    private static void machine(StringBuilder text, Machine machine) {
        line(text, "%s, %d cores, %,d MiB, %s", machine.cpu(), machine.cores(), machine.memoryMib(), machine.kernel());
        line(
                text,
                "%s, databases on %s, load %.2f at the start",
                machine.java(),
                machine.fileSystem(),
                machine.loadAtStart());
        if (machine.memoryOnly()) {
            line(
                    text,
                    "warning: a commit to %s reaches no disk; give a directory on a disk with --dir",
                    machine.fileSystem());
        }
    }

    private static void section(StringBuilder text, Section section) {
        int width = section.figures().stream()
                .mapToInt(figure -> figure.label().length())
                .max()
                .orElse(0);
        line(text, "%n%s", section.title());
        for (Figure figure : section.figures()) {
            line(text, "  %-" + width + "s  %10s %s", figure.label(), number(figure.value()), figure.unit());
        }
    }

    private static void comparisons(StringBuilder text, List<Comparison> comparisons) {
        int width = comparisons.stream()
                .mapToInt(comparison -> comparison.label().length())
                .max()
                .orElse(0);
        String row = "  %-" + width + "s  %10s  %10s  %-6s  %7s";
        line(text, "%nBeside the bare stack");
        line(text, row, "", "drydock", "bare", "", "ratio");
        for (Comparison comparison : comparisons) {
            line(
                    text,
                    row,
                    comparison.label(),
                    number(comparison.ours()),
                    number(comparison.bare()),
                    comparison.unit(),
                    String.format(Locale.ROOT, "%.2f", comparison.ratio()));
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%,.2f" : "%,.0f", value);
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments).stripTrailing())
                .append(System.lineSeparator());
    }
}
