package dev.drydock.agent.host.wordpress;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header comment of a plugin or theme, read as WordPress's {@code get_file_data} does: the first 8 KiB, no PHP. */
final class PhpHeaders {
    private static final int MOST = 8 * 1024;

    private final String text;

    private PhpHeaders(String text) {
        this.text = text;
    }

    static PhpHeaders read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(new String(in.readNBytes(MOST), StandardCharsets.UTF_8));
        }
    }

    static PhpHeaders of(String text) {
        return new PhpHeaders(text.replace('\r', '\n'));
    }

    /** Empty where there is none. */
    String get(String name) {
        Matcher m = Pattern.compile("(?im)^(?:[ \\t]*<\\?php)?[ \\t/*#@]*" + Pattern.quote(name) + ":(.*)$")
                .matcher(text);
        return m.find() ? m.group(1).replaceAll("\\s*(?:\\*/|\\?>).*", "").strip() : "";
    }
}
