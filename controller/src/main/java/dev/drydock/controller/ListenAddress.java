package dev.drydock.controller;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a server listens, as people write it. */
final class ListenAddress {
    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]\\s]+):([0-9]{1,5})");
    private static final int LAST_PORT = 65_535;

    private ListenAddress() {}

    /**
     * @param text {@code 0.0.0.0:7443}, {@code [::]:7443}, {@code localhost:0}
     * @throws IllegalArgumentException for anything else, and for a name that does not resolve
     */
    static InetSocketAddress parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(2)) > LAST_PORT) {
            throw new IllegalArgumentException("'" + text
                    + "' is no address to listen on; write HOST:PORT, for example 0.0.0.0:7443 or [::]:7443");
        }
        InetSocketAddress address = new InetSocketAddress(form.group(1), Integer.parseInt(form.group(2)));
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("'" + form.group(1) + "' in '" + text + "' is no known host name");
        }
        return address;
    }

    /** The same form, with this port. */
    static String text(InetSocketAddress address, int port) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
