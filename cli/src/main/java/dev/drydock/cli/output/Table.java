package dev.drydock.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Aligned columns under a heading. Where a width is given, the widest columns are cut until a row fits. */
public final class Table {
    private static final String GAP = "  ";
    private static final int NARROWEST = 6;
    private static final int NARROWEST_OF_ALL = 3;

    private final List<String> headers;
    private final List<List<Cell>> rows = new ArrayList<>();

    private Table(List<String> headers) {
        this.headers = headers;
    }

    public static Table of(String... headers) {
        return new Table(List.of(headers));
    }

    /** Without a heading. */
    public static Table plain() {
        return new Table(List.of());
    }

    public Table row(Cell... cells) {
        if (!headers.isEmpty() && cells.length != headers.size()) {
            throw new IllegalArgumentException(cells.length + " cells under " + headers.size() + " headers");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** A row of plain text. */
    public Table row(String... cells) {
        return row(Arrays.stream(cells).map(Cell::of).toArray(Cell[]::new));
    }

    /** Leaves these columns out where no row has anything to say in them: a dash or a zero. */
    public Table withoutEmpty(String... optional) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < headers.size(); i++) {
            int column = i;
            boolean says = rows.stream().map(row -> row.get(column).text()).anyMatch(Table::says);
            if (says || !Arrays.asList(optional).contains(headers.get(i))) {
                kept.add(i);
            }
        }
        Table table = new Table(kept.stream().map(headers::get).toList());
        rows.forEach(row -> table.rows.add(kept.stream().map(row::get).toList()));
        return table;
    }

    private static boolean says(String text) {
        return !text.isEmpty() && !text.equals("-") && !text.equals("0");
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** One line a row, without trailing spaces. */
    public List<String> render(OptionalInt width, Paint paint) {
        List<List<Cell>> all = new ArrayList<>();
        if (!headers.isEmpty()) {
            all.add(headers.stream().map(header -> new Cell(header, Style.BOLD)).toList());
        }
        all.addAll(rows);
        int[] widths = widths(all, width);
        return all.stream().map(row -> line(row, widths, paint)).toList();
    }

    private static int[] widths(List<List<Cell>> all, OptionalInt limit) {
        int columns = all.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<Cell> row : all) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], Width.of(row.get(i).text()));
            }
        }
        if (limit.isPresent()) {
            shrink(widths, limit.getAsInt() - GAP.length() * (columns - 1));
        }
        return widths;
    }

    /** Takes from the widest columns, from the first (it names the row) only when nothing else is left. */
    private static void shrink(int[] widths, int room) {
        int over = Arrays.stream(widths).sum() - room;
        for (int narrowest : new int[] {NARROWEST, NARROWEST_OF_ALL}) {
            over = shrink(widths, 1, narrowest, over);
        }
        shrink(widths, 0, 1, over);
    }

    /** @return how much too wide it still is */
    private static int shrink(int[] widths, int from, int narrowest, int tooWide) {
        int over = tooWide;
        for (; over > 0; over--) {
            int widest = from;
            for (int i = from + 1; i < widths.length; i++) {
                if (widths[i] >= widths[widest]) {
                    widest = i;
                }
            }
            if (widest >= widths.length || widths[widest] <= narrowest) {
                break;
            }
            widths[widest]--;
        }
        return over;
    }

    private static String line(List<Cell> row, int[] widths, Paint paint) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            Cell cell = row.get(i);
            String text = Width.fit(cell.text(), widths[i]);
            line.append(paint.apply(cell.style(), text));
            if (i < row.size() - 1) {
                line.append(" ".repeat(widths[i] - Width.of(text))).append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }
}
