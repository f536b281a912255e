package dev.drydock.agent.host.apt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code apt-cache policy} says: which archives there are, and which versions of a package each has. Pure.
 */
final class AptPolicy {
    private static final Pattern SOURCE = Pattern.compile("\\s+(-?\\d+) (\\S.*\\S)");
    private static final Pattern RELEASE = Pattern.compile("\\s+release (.*)");
    private static final Pattern PACKAGE = Pattern.compile("(\\S+):");
    private static final Pattern VERSION = Pattern.compile(" (?:\\*\\*\\*|   ) (\\S+) -?\\d+.*");

    private AptPolicy() {}

    /** An archive as its Release file describes it. */
    record Release(String origin, String label, String suite, String codename) {
        static final Release UNKNOWN = new Release("", "", "", "");

        /** Debian and its derivatives keep security fixes in suites of their own. */
        boolean isSecurity() {
            return label.equals("Debian-Security") || suite.endsWith("-security") || codename.endsWith("-security");
        }

        @Override
        public String toString() {
            return label + (suite.isEmpty() ? "" : "/" + suite);
        }
    }

    /** A version and the archives (as in {@link #releases}) that have it; none when only the host has it. */
    record Version(String version, List<String> sources) {
        Version {
            sources = List.copyOf(sources);
        }
    }

    /**
     * @param installed empty when it is not
     * @param candidate what apt would install; empty when nothing
     * @param versions newest first
     */
    record Entry(String installed, String candidate, List<Version> versions) {
        Entry {
            versions = List.copyOf(versions);
        }

        /** Newer than what is installed, newest first. */
        List<Version> newer() {
            List<Version> newer = new ArrayList<>();
            for (Version v : versions) {
                if (v.version().equals(installed)) {
                    return newer;
                }
                newer.add(v);
            }
            return List.of();
        }

        /** An update is on offer: the candidate is newer, not merely another one. */
        boolean isUpgradable() {
            return newer().stream().anyMatch(v -> v.version().equals(candidate));
        }

        boolean isOnOffer(String version) {
            return versions.stream()
                    .anyMatch(v -> v.version().equals(version) && !v.sources().isEmpty());
        }

        /** One of the newer versions is in a security archive, though a later one may be the candidate. */
        boolean isSecurity(Map<String, Release> releases) {
            return newer().stream()
                    .flatMap(v -> v.sources().stream())
                    .anyMatch(s -> releases.getOrDefault(s, Release.UNKNOWN).isSecurity());
        }

        String origin(Map<String, Release> releases) {
            return versions.stream()
                    .filter(v -> v.version().equals(candidate))
                    .flatMap(v -> v.sources().stream())
                    .map(s -> releases.getOrDefault(s, Release.UNKNOWN).toString())
                    .distinct()
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("");
        }
    }

    /** From {@code apt-cache policy} without arguments; the key is the archive as version tables write it. */
    static Map<String, Release> releases(String output) {
        Map<String, Release> releases = new HashMap<>();
        String source = "";
        for (String line : output.lines().toList()) {
            if (line.startsWith("Pinned packages:")) {
                break;
            }
            Matcher release = RELEASE.matcher(line);
            Matcher header = SOURCE.matcher(line);
            if (release.matches()) {
                releases.put(source, release(release.group(1)));
            } else if (header.matches()) {
                source = header.group(2);
            }
        }
        return releases;
    }

    private static Release release(String fields) {
        Map<String, String> values = new HashMap<>();
        for (String field : fields.split(",")) {
            int eq = field.indexOf('=');
            if (eq > 0) {
                values.putIfAbsent(field.substring(0, eq), field.substring(eq + 1));
            }
        }
        return new Release(
                values.getOrDefault("o", ""),
                values.getOrDefault("l", ""),
                values.getOrDefault("a", ""),
                values.getOrDefault("n", ""));
    }

    /** From {@code apt-cache policy NAME…}; the key is the name as apt writes it ({@code name:arch} where foreign). */
    static Map<String, Entry> entries(String output) {
        Map<String, Entry> entries = new HashMap<>();
        Builder builder = null;
        for (String line : output.lines().toList()) {
            Matcher header = PACKAGE.matcher(line);
            if (header.matches()) {
                builder = new Builder();
                entries.put(header.group(1), builder.build());
                builder.name = header.group(1);
            } else if (builder != null) {
                builder.take(line);
                entries.put(builder.name, builder.build());
            }
        }
        return entries;
    }

    private static final class Builder {
        private String name = "";
        private String installed = "";
        private String candidate = "";
        private final List<Version> done = new ArrayList<>();
        private @Nullable String version;
        private final List<String> sources = new ArrayList<>();

        void take(String line) {
            Matcher next = VERSION.matcher(line);
            Matcher source = SOURCE.matcher(line);
            if (line.startsWith("  Installed: ")) {
                installed = value(line);
            } else if (line.startsWith("  Candidate: ")) {
                candidate = value(line);
            } else if (next.matches()) {
                flush();
                version = next.group(1);
            } else if (version != null && source.matches() && !source.group(2).equals("/var/lib/dpkg/status")) {
                sources.add(source.group(2));
            }
        }

        private void flush() {
            if (version != null) {
                done.add(new Version(version, sources));
                sources.clear();
            }
        }

        Entry build() {
            List<Version> all = new ArrayList<>(done);
            if (version != null) {
                all.add(new Version(version, sources));
            }
            return new Entry(installed, candidate, all);
        }

        private static String value(String line) {
            String value = line.substring(line.indexOf(':') + 1).strip();
            return value.equals("(none)") ? "" : value;
        }
    }
}
