package dev.drydock.controller.notify.mail;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where mail is handed over.
 *
 * @param user empty: without authentication
 * @param password of the user
 */
public record MailServer(Security security, String host, int port, Optional<String> user, String password) {
    private static final Map<String, Security> SCHEMES =
            Map.of("smtps", Security.TLS, "smtp+starttls", Security.STARTTLS, "smtp", Security.NONE);
    private static final int LARGEST_PORT = 65_535;

    /** How the connection is kept private. */
    public enum Security {
        /** From its first byte (RFC 8314). */
        TLS(465),
        /** From the command STARTTLS on (RFC 3207), without which nothing is sent. */
        STARTTLS(587),
        NONE(25);

        private final int port;

        Security(int port) {
            this.port = port;
        }
    }

    /**
     * @param text {@code smtps://[USER@]HOST[:PORT]}, {@code smtp+starttls://…} or {@code smtp://HOST[:PORT]}
     * @param password empty: there is none
     * @throws IllegalArgumentException what is wrong with it
     */
    public static MailServer parse(String text, Optional<String> password) {
        URI url = url(text);
        @Nullable Security security = SCHEMES.get(String.valueOf(url.getScheme()));
        Optional<String> user = Optional.ofNullable(url.getUserInfo());
        boolean more = !String.valueOf(url.getPath()).isEmpty() || url.getQuery() != null || url.getFragment() != null;
        if (security == null || url.getHost() == null || more || url.getPort() == 0 || url.getPort() > LARGEST_PORT) {
            throw new IllegalArgumentException("'" + shown(url)
                    + "' is no mail server; expected smtps://[USER@]HOST[:PORT], smtp+starttls://[USER@]HOST[:PORT]"
                    + " or smtp://HOST[:PORT]");
        }
        if (user.filter(name -> name.contains(":")).isPresent()) {
            throw new IllegalArgumentException("leave the password out, and give it with --mail-password-file");
        }
        if (user.isPresent() && security == Security.NONE) {
            throw new IllegalArgumentException(
                    "a password does not go over smtp://, which is not private; expected smtps:// or smtp+starttls://");
        }
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException(
                    user.isPresent()
                            ? "user " + user.get() + " has no password; give it with --mail-password-file"
                            : "there is a password and no user; expected smtps://USER@HOST");
        }
        return new MailServer(
                security, url.getHost(), url.getPort() < 0 ? security.port : url.getPort(), user, password.orElse(""));
    }

    private static URI url(String text) {
        try {
            return new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "no URL: " + e.getReason() + "; expected for example smtps://drydock@mail.example.com", e);
        }
    }

    private static String shown(URI url) {
        return url.getUserInfo() == null ? url.toString() : url.toString().replace(url.getRawUserInfo() + "@", "…@");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
