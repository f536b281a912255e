package dev.drydock.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Rows as RFC 4180 reads them, but for the line end, which the printer adds. */
public final class Csv {
    private final List<String> lines = new ArrayList<>();

    public Csv row(Object... fields) {
        lines.add(Arrays.stream(fields).map(Csv::field).collect(Collectors.joining(",")));
        return this;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    private static String field(Object value) {
        String text = String.valueOf(value);
        // A leading = + - or @ would be a formula to a spreadsheet.
        if (!(value instanceof Number) && !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
