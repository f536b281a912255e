package dev.drydock.playbooks.document;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes canonical JSON (RFC 8785): keys sorted by UTF-16 code units, no white space, one way to write each value. */
public final class JsonWriter {
    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    /**
     * @param value maps with text keys, lists, strings, booleans, longs within 2^53 and finite doubles
     * @throws IllegalArgumentException for anything else
     */
    public static byte[] write(Object value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /** The same as text. */
    public static String text(Object value) {
        JsonWriter writer = new JsonWriter();
        writer.value(value);
        return writer.out.toString();
    }

    private void value(Object value) {
        switch (value) {
            case Map<?, ?> map -> object(map);
            case List<?> list -> array(list);
            case String text -> string(text);
            case Boolean flag -> out.append(flag);
            case Long number -> integer(number);
            case Double number -> decimal(number);
            default -> throw refused(value);
        }
    }

    private static IllegalArgumentException refused(Object value) {
        return new IllegalArgumentException(
                "canonical JSON cannot hold " + value + " (" + value.getClass().getSimpleName() + ")");
    }

    private void integer(long value) {
        if (value > Limits.MAX_INTEGER || value < -Limits.MAX_INTEGER) {
            throw refused(value);
        }
        out.append(value);
    }

    private void object(Map<?, ?> map) {
        TreeMap<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put((String) key, value));
        out.append('{');
        String separator = "";
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            out.append(separator);
            string(entry.getKey());
            out.append(':');
            value(entry.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private void array(List<?> list) {
        out.append('[');
        String separator = "";
        for (Object item : list) {
            out.append(separator);
            value(item);
            separator = ",";
        }
        out.append(']');
    }

    private void string(String text) {
        if (!Utf8.encodable(text)) {
            throw new IllegalArgumentException("canonical JSON cannot hold half of a surrogate pair");
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** The fewest digits that read back as the same number. Java gives two where one is enough: 4.9e-324 for 5e-324. */
    private static BigDecimal shortest(double value) {
        BigDecimal java = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal oneDigit = java.round(new MathContext(1));
        return oneDigit.doubleValue() == value ? oneDigit.stripTrailingZeros() : java;
    }

    /** As ECMAScript writes a number: plain from 1e-6 up to 1e21, else with an exponent. */
    private void decimal(double value) {
        if (!Double.isFinite(value)) {
            throw refused(value);
        }
        BigDecimal exact = shortest(value);
        int exponent = exact.precision() - exact.scale() - 1;
        if (value == 0) {
            out.append('0');
        } else if (exponent >= -6 && exponent < 21) {
            out.append(exact.toPlainString());
        } else {
            String digits = exact.unscaledValue().abs().toString();
            out.append(value < 0 ? "-" : "").append(digits.charAt(0));
            if (digits.length() > 1) {
                out.append('.').append(digits, 1, digits.length());
            }
            out.append(exponent < 0 ? "e-" : "e+").append(Math.abs(exponent));
        }
    }
}
