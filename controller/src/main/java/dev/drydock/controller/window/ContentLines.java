package dev.drydock.controller.window;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the lines of an iCalendar file (RFC 5545 section 3.1): folded lines put together, names, parameters and values apart. */
final class ContentLines {
    /**
     * @param number of its first line in the file, from 1
     * @param name in upper case
     * @param params by name in upper case, the values of one joined with commas
     */
    record Line(int number, String name, Map<String, String> params, String value) {
        String param(String key) {
            return params.getOrDefault(key, "");
        }
    }

    private ContentLines() {}

    /** @throws InvalidCalendarException with the number of the line that is none */
    static List<Line> read(String text) throws InvalidCalendarException {
        List<Line> lines = new ArrayList<>();
        StringBuilder unfolded = new StringBuilder();
        int number = 0;
        int first = 1;
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        for (String raw : plain.split("\r\n|\n|\r", -1)) {
            number++;
            if (raw.startsWith(" ") || raw.startsWith("\t")) {
                unfolded.append(raw, 1, raw.length());
                continue;
            }
            add(lines, first, unfolded);
            unfolded.setLength(0);
            unfolded.append(raw);
            first = number;
        }
        add(lines, first, unfolded);
        return lines;
    }

    private static void add(List<Line> lines, int number, CharSequence unfolded) throws InvalidCalendarException {
        if (!unfolded.toString().isBlank()) {
            lines.add(parse(number, unfolded.toString()));
        }
    }

    private static Line parse(int number, String text) throws InvalidCalendarException {
        int at = nameEnd(text, 0);
        if (at == 0 || at == text.length()) {
            throw none(number, text);
        }
        String name = text.substring(0, at).toUpperCase(Locale.ROOT);
        Map<String, String> params = new LinkedHashMap<>();
        while (text.charAt(at) == ';') {
            int equals = nameEnd(text, at + 1);
            if (equals == text.length() || text.charAt(equals) != '=') {
                throw none(number, text);
            }
            int end = valueEnd(text, equals + 1);
            if (end == text.length()) {
                throw none(number, text);
            }
            params.put(
                    text.substring(at + 1, equals).toUpperCase(Locale.ROOT),
                    text.substring(equals + 1, end).replace("\"", ""));
            at = end;
        }
        if (text.charAt(at) != ':') {
            throw none(number, text);
        }
        return new Line(number, name, Map.copyOf(params), text.substring(at + 1));
    }

    private static int nameEnd(String text, int from) {
        int at = from;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        return at;
    }

    private static int valueEnd(String text, int from) {
        boolean quoted = false;
        int at = from;
        while (at < text.length() && (quoted || (text.charAt(at) != ';' && text.charAt(at) != ':'))) {
            quoted ^= text.charAt(at) == '"';
            at++;
        }
        return at;
    }

    private static InvalidCalendarException none(int number, String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return new InvalidCalendarException(
                number,
                "'" + shown + "' is no line of an iCalendar file; expected NAME:value or NAME;PARAMETER=value:value");
    }
}
