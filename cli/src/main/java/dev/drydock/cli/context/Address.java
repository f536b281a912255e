package dev.drydock.cli.context;

import dev.drydock.cli.CliException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a controller listens for people: {@code name}, {@code name:port}, {@code 192.0.2.1:8443}, {@code [2001:db8::1]:8443}. */
record Address(String host, int port) {
    private static final int DEFAULT_PORT = 8443;
    private static final Pattern SHAPE = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([A-Za-z0-9._-]+))(?::(\\d{1,5}))?");

    static Address parse(String text) {
        Matcher m = SHAPE.matcher(text.strip());
        if (!m.matches()) {
            throw wrong(text);
        }
        int port = m.group(3) == null ? DEFAULT_PORT : Integer.parseInt(m.group(3));
        if (port < 1 || port > 65_535) {
            throw wrong(text);
        }
        return new Address(m.group(1) == null ? m.group(2) : m.group(1), port);
    }

    private static CliException wrong(String text) {
        return CliException.usage(
                "'" + text + "' is not a controller's address.",
                "Write HOST:PORT, for example drydock.example.com:8443 (port " + DEFAULT_PORT
                        + " where none is given).");
    }
}
