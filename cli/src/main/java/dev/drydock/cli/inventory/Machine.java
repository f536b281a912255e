package dev.drydock.cli.inventory;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a machine is and who logs in.
 *
 * @param key a file with a private key
 * @param fingerprints of its host keys
 */
public record Machine(
        String host, Optional<Integer> port, Optional<String> user, Optional<String> key, List<String> fingerprints) {
    /** For messages. */
    public static final String FORM = "[USER@]HOST[:PORT], an IPv6 address in brackets";

    static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.%]*");
    static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,63}\\$?");

    private static final Pattern WRITTEN =
            Pattern.compile("(?:([^@]+)@)?(?:\\[([0-9A-Fa-f:.%]+)]|([A-Za-z0-9._-]+))(?::(\\d{1,5}))?");

    public Machine {
        fingerprints = List.copyOf(fingerprints);
    }

    /** {@code deploy@bastion.example.com:2222}. */
    public static Optional<Machine> parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        String host = written.group(2) == null ? written.group(3) : written.group(2);
        Optional<Integer> port = Optional.ofNullable(written.group(4)).map(Integer::valueOf);
        Optional<String> user = Optional.ofNullable(written.group(1));
        return HOST.matcher(host).matches()
                        && port.filter(number -> !isPort(number)).isEmpty()
                        && user.filter(name -> !USER.matcher(name).matches()).isEmpty()
                ? Optional.of(new Machine(host, port, user, Optional.empty(), List.of()))
                : Optional.empty();
    }

    static boolean isPort(long number) {
        return number >= 1 && number <= 65_535;
    }
}
