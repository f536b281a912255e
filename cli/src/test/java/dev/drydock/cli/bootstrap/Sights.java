package dev.drydock.cli.bootstrap;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Hosts as they may be seen, and what is wanted of them. */
final class Sights {
    static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    static final Parcel FOLDER = new Parcel(
            Parcel.Kind.FOLDER,
            Path.of("drydock-agent"),
            "1.2.0",
            "x86_64",
            Optional.of(new GlibcVersion(2, 17)),
            100 << 20);
    static final Parcel DEB = new Parcel(
            Parcel.Kind.DEB,
            Path.of("drydock-agent_1.2.0-1_amd64.deb"),
            "1.2.0-1",
            "x86_64",
            Optional.empty(),
            100 << 20);
    static final String AGENT =
            "{\"enrolled\":true,\"hostId\":\"h-1\",\"controller\":\"ctl:7443\",\"certificateExpired\":false}";

    private static final Map<String, String> BARE = Map.ofEntries(
            Map.entry("arch", "x86_64"),
            Map.entry("os_id", "debian"),
            Map.entry("os_name", "Debian GNU/Linux 12"),
            Map.entry("tools", "apt-get dpkg tar gzip"),
            Map.entry("libc", "glibc 2.36"),
            Map.entry("systemd", "yes"),
            Map.entry("free_opt", "9000000"),
            Map.entry("free_usr", "9000000"),
            Map.entry("free_var", "9000000"),
            Map.entry("clock", String.valueOf(NOW.getEpochSecond())),
            Map.entry("unit", "no"),
            Map.entry("reach", "yes"));

    private Sights() {}

    /** As {@code look.sh} prints a host with nothing but sshd, but for these. */
    static String text(String... keysAndValues) {
        Map<String, String> all = new TreeMap<>(BARE);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            all.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        StringBuilder text = new StringBuilder();
        all.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    static Sight bare(String... keysAndValues) {
        return Sight.parse(text(keysAndValues));
    }

    /** With an agent that runs and is enrolled as h-1. */
    static String[] member(String... keysAndValues) {
        List<String> all = new java.util.ArrayList<>(List.of(
                "agent_version", "1.2.0", "status", AGENT, "unit", "yes", "enabled", "enabled", "active", "active"));
        all.addAll(List.of(keysAndValues));
        return all.toArray(String[]::new);
    }

    static Wanted wanted(boolean enrolAnew, Parcel... parcels) {
        return new Wanted(
                "web-01", Map.of("role", "web"), "ctl:7443", List.of(parcels), enrolAnew, Duration.ofSeconds(2), NOW);
    }
}
