package dev.drydock.agent.host.wordpress;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the constants of a {@code wp-config.php} without running it: texts, numbers and truth values that are written as such. What
 * is computed (from the environment, from another file) is not known here.
 */
final class WpConfigReader {
    /** A text, a comment, or the name of a call: in this order a comment mark inside a text is none. */
    private static final Pattern TOKEN = Pattern.compile(
            "'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|/\\*.*?\\*/|//[^\\n]*|#[^\\n]*", Pattern.DOTALL);

    private static final String TEXT = "'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\$]|\\\\.)*)\"";
    private static final Pattern DEFINE = Pattern.compile(
            "\\bdefine\\s*\\(\\s*['\"](\\w+)['\"]\\s*,\\s*(?:" + TEXT + "|(true|false|\\d+))\\s*\\)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern PREFIX = Pattern.compile("\\$table_prefix\\s*=\\s*(?:" + TEXT + ")\\s*;");
    private static final Pattern SAFE_PREFIX = Pattern.compile("[A-Za-z0-9_]*");

    private WpConfigReader() {}

    /** @throws IOException when one of them is not there, named without any value */
    static WpConfig read(String path, String php) throws IOException {
        String code = withoutComments(php);
        Map<String, String> defined = new HashMap<>();
        Matcher m = DEFINE.matcher(code);
        while (m.find()) {
            defined.putIfAbsent(m.group(1), value(m, 2));
        }
        Matcher prefix = PREFIX.matcher(code);
        if (!prefix.find() || !SAFE_PREFIX.matcher(value(prefix, 1)).matches()) {
            throw new IOException(path + " has no $table_prefix that is written as a text of letters, digits and _");
        }
        return new WpConfig(
                required(path, defined, "DB_NAME"),
                required(path, defined, "DB_USER"),
                required(path, defined, "DB_PASSWORD"),
                defined.getOrDefault("DB_HOST", "localhost"),
                value(prefix, 1),
                isTrue(defined.getOrDefault("MULTISITE", "")),
                Optional.ofNullable(defined.get("WP_CONTENT_DIR")).filter(dir -> dir.startsWith("/")));
    }

    private static boolean isTrue(String value) {
        return value.toLowerCase(Locale.ROOT).matches("true|[1-9]\\d*");
    }

    private static String required(String path, Map<String, String> defined, String name) throws IOException {
        String value = defined.get(name);
        if (value == null) {
            throw new IOException(path + " does not define " + name + " as a plain text");
        }
        return value;
    }

    private static String value(Matcher m, int first) {
        if (m.group(first) != null) {
            return m.group(first).replaceAll("\\\\(['\\\\])", "$1");
        }
        if (m.group(first + 1) != null) {
            return m.group(first + 1).replaceAll("\\\\([\"\\\\$])", "$1");
        }
        return m.groupCount() > first + 1 && m.group(first + 2) != null ? m.group(first + 2) : "";
    }

    private static String withoutComments(String php) {
        return TOKEN.matcher(php).replaceAll(r -> {
            char first = r.group().charAt(0);
            return Matcher.quoteReplacement(first == '\'' || first == '"' ? r.group() : " ");
        });
    }
}
