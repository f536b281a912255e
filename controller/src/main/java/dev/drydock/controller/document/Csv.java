package dev.drydock.controller.document;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Rows as RFC 4180 has them. */
final class Csv {
    private static final String FORMULA = "=+-@";
    private final StringBuilder text = new StringBuilder();

    Csv row(Object... fields) {
        text.append(Arrays.stream(fields).map(Csv::field).collect(Collectors.joining(",")))
                .append("\r\n");
        return this;
    }

    private static String field(Object value) {
        String field = String.valueOf(value);
        // A leading = + - or @ would be a formula to a spreadsheet.
        if (!(value instanceof Number) && !field.isEmpty() && FORMULA.indexOf(field.charAt(0)) >= 0) {
            field = "'" + field;
        }
        return field.matches("(?s).*[\",\r\n].*") ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
