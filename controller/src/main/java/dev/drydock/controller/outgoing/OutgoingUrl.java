package dev.drydock.controller.outgoing;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** Which addresses the controller takes from people to call by itself. */
public final class OutgoingUrl {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String HIDDEN = "/…";

    private OutgoingUrl() {}

    /** What is wrong with it; empty: nothing. Over HTTPS, or over HTTP to this machine alone; the password is not to be in it. */
    public static Optional<String> problem(URI url) {
        if (url.getUserInfo() != null) {
            return Optional.of("leave out the user and password");
        }
        String host = String.valueOf(url.getHost());
        String scheme = String.valueOf(url.getScheme());
        boolean open = scheme.equals("http") && THIS_MACHINE.contains(host);
        return url.getHost() != null && (scheme.equals("https") || open)
                ? Optional.empty()
                : Optional.of("expected https://HOST/PATH (http only to the controller's own machine)");
    }

    /** Without path and query: they often let in whoever has them. */
    public static String shown(URI url) {
        return url.getScheme() + "://" + url.getAuthority() + HIDDEN;
    }

    /** Whether it is no URL but how one is shown. */
    public static boolean isShown(String written) {
        return written.endsWith(HIDDEN);
    }
}
