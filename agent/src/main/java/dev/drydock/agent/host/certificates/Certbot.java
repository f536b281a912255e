package dev.drydock.agent.host.certificates;

import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * certbot. Its {@code live} holds links into {@code archive}, which keeps every version; requests and keys of each renewal are kept
 * in {@code csr} and {@code keys} besides. Hooks that the operator gave it run as in any renewal of its own.
 *
 * @param directory its {@code --config-dir}
 */
record Certbot(String directory, String name) implements AcmeClient {
    static final String USUAL = "/etc/letsencrypt";

    private static final Duration BEFORE_ITS_END = Duration.ofDays(30);
    private static final Pattern OWN_RULE =
            Pattern.compile("(?m)^\\s*renew_before_expiry\\s*=\\s*(\\d{1,6})\\s*(hour|day|week|month|year)s?\\s*$");

    @Override
    public String program() {
        return "certbot";
    }

    @Override
    public String certificate() {
        return directory + "/live/" + name + "/fullchain.pem";
    }

    @Override
    public String key() {
        return directory + "/live/" + name + "/privkey.pem";
    }

    private String configuration() {
        return directory + "/renewal/" + name + ".conf";
    }

    @Override
    public List<String> state(HostFiles files) {
        return List.of(
                directory + "/live/" + name,
                directory + "/archive/" + name,
                configuration(),
                directory + "/csr",
                directory + "/keys");
    }

    /** Thirty days before its end, as certbot has it, or as its configuration of this certificate says. */
    @Override
    public Instant dueFrom(HostFiles files, X509Certificate now) throws IOException {
        String configuration = files.read(configuration())
                .orElseThrow(() -> new IOException("certbot knows no certificate " + name + ": there is no "
                        + configuration() + "; expected one that it obtained before"));
        Matcher own = OWN_RULE.matcher(configuration);
        Duration before =
                own.find() ? Duration.ofHours(Long.parseLong(own.group(1)) * hours(own.group(2))) : BEFORE_ITS_END;
        return now.getNotAfter().toInstant().minus(before);
    }

    private static long hours(String unit) {
        return switch (unit) {
            case "hour" -> 1;
            case "day" -> 24;
            case "week" -> 7 * 24;
            case "month" -> 30 * 24;
            default -> 365 * 24;
        };
    }

    /** Without a terminal it would wait for up to eight minutes before it begins. */
    @Override
    public List<String> renewal(boolean force) {
        List<String> argv = new ArrayList<>(List.of(
                program(),
                "renew",
                "--cert-name",
                name,
                "--non-interactive",
                "--no-random-sleep-on-renew",
                "--config-dir",
                directory));
        if (force) {
            argv.add("--force-renewal");
        }
        return argv;
    }
}
