package dev.drydock.agent.identity;

import java.util.Optional;

/**
 * Where the controller's agent plane listens.
 *
 * @param host a name, an IPv4 address or an IPv6 address without brackets
 */
public record ControllerAddress(String host, int port) {
    public static final int DEFAULT_PORT = 7443;

    /** {@code HOST}, {@code HOST:PORT} or {@code [IPv6]:PORT}; empty when it is none of them. */
    public static Optional<ControllerAddress> parse(String text) {
        String stripped = text.strip();
        int bracket = stripped.indexOf(']');
        int colon = stripped.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? stripped : stripped.substring(0, colon);
        String bare = bracket > 0 && host.startsWith("[") ? host.substring(1, bracket) : host;
        boolean bracketed = !bare.equals(host);
        if (bare.isEmpty() || !bare.matches(bracketed ? "[0-9a-fA-F:.%]+" : "[A-Za-z0-9._-]+")) {
            return Optional.empty();
        }
        if (colon < 0) {
            return bracketed && bracket != stripped.length() - 1
                    ? Optional.empty()
                    : Optional.of(new ControllerAddress(bare, DEFAULT_PORT));
        }
        String port = stripped.substring(colon + 1);
        if (bracketed && bracket != colon - 1 || !port.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(port);
        return number < 1 || number > 65_535 ? Optional.empty() : Optional.of(new ControllerAddress(bare, number));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
