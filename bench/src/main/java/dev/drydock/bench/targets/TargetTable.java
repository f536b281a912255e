package dev.drydock.bench.targets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The one table: every target, whatever became of it. */
public final class TargetTable {
    private static final List<String> HEAD = List.of("", "target", "figure", "beside", "ratio", "", "measured");

    private TargetTable() {}

    /** Aligned for people; each line ends in a line feed. */
    public static String of(Results results) {
        List<Verdict> verdicts =
                Targets.OF_ALL.stream().map(target -> target.judge(results)).toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        verdicts.forEach(verdict -> rows.add(row(verdict, results)));
        StringBuilder text = new StringBuilder("Targets\n");
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(" ");
            for (int column = 0; column < HEAD.size(); column++) {
                line.append(' ')
                        .append(padded(row.get(column), width(rows, column), column))
                        .append(' ');
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.append(missed(verdicts)).toString();
    }

    private static List<String> row(Verdict verdict, Results results) {
        Target target = verdict.target();
        return List.of(
                target.label(),
                target.wanted(),
                value(verdict.figure(), target.ours().unit()),
                value(verdict.beside(), target.beside().map(Quantity::unit).orElse("")),
                verdict.ratio()
                        .map(ratio -> String.format(Locale.ROOT, ratio < 0.1 ? "%.3f" : "%.2f", ratio))
                        .orElse("-"),
                verdict.outcome().words(),
                results.at(target.ours().sections().getFirst())
                        .map(at -> at.toString().substring(0, 16).replace('T', ' '))
                        .orElse(""));
    }

    private static String missed(List<Verdict> verdicts) {
        StringBuilder text = new StringBuilder();
        List<String> counted = new ArrayList<>();
        for (Verdict.Outcome outcome : Verdict.Outcome.values()) {
            long many = verdicts.stream()
                    .filter(verdict -> verdict.outcome() == outcome)
                    .count();
            counted.add(many + " " + outcome.words().toLowerCase(Locale.ROOT));
        }
        text.append('\n').append(String.join(", ", counted)).append('\n');
        List<Verdict> bad = verdicts.stream()
                .filter(verdict -> verdict.outcome() == Verdict.Outcome.MISSED)
                .toList();
        if (!bad.isEmpty()) {
            text.append("\nMissed, and where it says what was tried\n");
            bad.forEach(verdict -> text.append("  ")
                    .append(verdict.target().label().strip())
                    .append(": ")
                    .append(verdict.target().tried())
                    .append('\n'));
        }
        return text.toString();
    }

    private static String value(Optional<Double> value, String unit) {
        return value.map(known -> (Numbers.of(known) + " " + unit).strip()).orElse("-");
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    /** Names to the left, numbers to the right. */
    private static String padded(String text, int width, int column) {
        String space = " ".repeat(width - text.length());
        return column == 0 || column > 4 ? text + space : space + text;
    }
}
