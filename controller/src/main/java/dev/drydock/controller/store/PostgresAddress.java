package dev.drydock.controller.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a database of PostgreSQL is: {@code postgresql://[USER@]HOST[:PORT][,HOST…]/NAME[?OPTION=VALUE&…]}. The options are those
 * of the driver, for example {@code sslmode}, {@code sslrootcert} and {@code targetServerType}. Without {@code sslmode} the server
 * must show a certificate that is good for its name, unless it is on this machine.
 *
 * @param hosts with ports, separated by commas
 * @param password empty: the driver looks in PGPASSWORD, PGPASSFILE and ~/.pgpass
 * @see <a href="https://jdbc.postgresql.org/documentation/use/">the driver's options</a>
 */
public record PostgresAddress(
        String hosts, String name, Optional<String> user, Optional<String> password, Map<String, String> options) {
    private static final String SCHEME = "postgresql://";
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int ANSWER_SECONDS = 30;

    public PostgresAddress {
        options = Map.copyOf(options);
    }

    /** @throws IllegalArgumentException when it is none, with what was expected; never with a password that was in it */
    public static PostgresAddress parse(String text) {
        if (!text.startsWith(SCHEME)) {
            throw new IllegalArgumentException("expected postgresql://USER@HOST/NAME");
        }
        // Not by java.net.URI as a whole: it knows one host only.
        String rest = text.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        int question = rest.indexOf('?');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String name = slash < 0 ? "" : rest.substring(slash + 1, question < 0 ? rest.length() : question);
        int at = authority.lastIndexOf('@');
        String user = at < 0 ? "" : authority.substring(0, at);
        String hosts = authority.substring(at + 1);
        Map<String, String> options = question < 0 ? Map.of() : options(rest.substring(question + 1));
        if (user.contains(":") || options.containsKey(PGProperty.PASSWORD.getName())) {
            throw new IllegalArgumentException("a password must not stand in the address, where other users of this"
                    + " machine see it: put it in a file for --database-password-file, or in PGPASSFILE");
        }
        if (name.isEmpty() || !Arrays.stream(hosts.split(",", -1)).allMatch(PostgresAddress::isHost)) {
            throw new IllegalArgumentException("'" + text + "' is no address of a database; expected"
                    + " postgresql://USER@HOST/NAME, for example postgresql://drydock@db.example.com/drydock");
        }
        return new PostgresAddress(
                hosts,
                decoded(name),
                user.isEmpty() ? Optional.empty() : Optional.of(decoded(user)),
                Optional.empty(),
                options);
    }

    private static boolean isHost(String host) {
        try {
            return new URI("http://" + host).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new TreeMap<>();
        for (String option : query.split("&")) {
            int equals = option.indexOf('=');
            String key = equals < 0 ? option : option.substring(0, equals);
            if (equals < 0 || PGProperty.forName(key) == null) {
                throw new IllegalArgumentException("'" + key
                        + "' is no option of the driver with a value; expected for example sslmode=verify-full");
            }
            options.put(key, decoded(option.substring(equals + 1)));
        }
        return options;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    public PostgresAddress withPassword(String secret) {
        return new PostgresAddress(hosts, name, user, Optional.of(secret), options);
    }

    PGSimpleDataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://" + hosts + "/" + java.net.URLEncoder.encode(name, StandardCharsets.UTF_8));
        user.ifPresent(source::setUser);
        password.ifPresent(source::setPassword);
        set(source, PGProperty.SSL_MODE, isLocal() ? null : "verify-full");
        set(source, PGProperty.CONNECT_TIMEOUT, "5");
        // One that is cut off without a word must not keep the writer waiting without end.
        set(source, PGProperty.SOCKET_TIMEOUT, String.valueOf(ANSWER_SECONDS));
        set(source, PGProperty.TCP_KEEP_ALIVE, "true");
        set(source, PGProperty.APPLICATION_NAME, "drydock-controller");
        options.forEach((key, value) -> set(source, key, value));
        return source;
    }

    private static void set(PGSimpleDataSource source, PGProperty property, @Nullable String value) {
        if (value != null) {
            set(source, property.getName(), value);
        }
    }

    private static void set(PGSimpleDataSource source, String key, String value) {
        try {
            source.setProperty(key, value);
        } catch (java.sql.SQLException e) {
            throw new IllegalArgumentException(key + ": '" + value + "' is not what the driver expects", e);
        }
    }

    private boolean isLocal() {
        return Arrays.stream(hosts.split(","))
                .map(host -> host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT))
                .allMatch(LOCAL::contains);
    }

    /** For people: without a password. */
    @Override
    public String toString() {
        return SCHEME + user.map(who -> who + "@").orElse("") + hosts + "/" + name;
    }
}
