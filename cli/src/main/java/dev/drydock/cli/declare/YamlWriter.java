package dev.drydock.cli.declare;

import dev.drydock.playbooks.document.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes trees as the YAML that {@link dev.drydock.playbooks.document.YamlReader} reads back as the same: block style, keys in
 * their order, quotes wherever some reader could take a text for something else.
 */
final class YamlWriter {
    private static final Pattern PLAIN = Pattern.compile(
            "[A-Za-z/][A-Za-z0-9_./@;=-]*(?: [A-Za-z0-9_./@;=-]+)*|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d|\\d+[dhms](?:\\d+[hms])*");
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");
    private static final Pattern SINGLE_QUOTED = Pattern.compile("[ -&(-~]*\"[ -&(-~]*");

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /** @param tree of maps, lists, texts, whole numbers and truth values; neither maps nor lists are empty */
    static String write(Map<String, ?> tree) {
        YamlWriter writer = new YamlWriter();
        writer.map(tree, "");
        return writer.out.toString();
    }

    private void map(Map<?, ?> map, String indent) {
        map.forEach((key, value) -> {
            out.append(indent).append(scalar(String.valueOf(key))).append(':');
            switch (value) {
                case Map<?, ?> nested -> {
                    out.append('\n');
                    map(nested, indent + "  ");
                }
                case List<?> list -> {
                    out.append('\n');
                    list.forEach(item -> out.append(indent)
                            .append("  - ")
                            .append(scalar(item))
                            .append('\n'));
                }
                default -> out.append(' ').append(scalar(value)).append('\n');
            }
        });
    }

    private static String scalar(Object value) {
        if (!(value instanceof String text)) {
            return String.valueOf(value);
        }
        if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT))) {
            return text;
        }
        return SINGLE_QUOTED.matcher(text).matches() ? "'" + text + "'" : escaped(JsonWriter.text(text));
    }

    /** JSON is YAML, but for what YAML takes for no printable character. */
    private static String escaped(String json) {
        StringBuilder escaped = new StringBuilder();
        json.chars().forEach(c -> {
            boolean printable = c < 0x7F || c >= 0xA0 && c <= 0xFFFD && "\u2028\u2029\uFEFF".indexOf(c) < 0;
            escaped.append(printable ? String.valueOf((char) c) : "\\u%04x".formatted(c));
        });
        return escaped.toString();
    }
}
