package dev.drydock.agent.host;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code os-release(5)} says. Pure, but for {@link #read}. */
public record OsRelease(Map<String, String> fields) {
    private static final List<String> RHEL = List.of("rhel", "fedora", "centos", "rocky", "almalinux");
    private static final List<String> SUSE = List.of("suse", "opensuse", "sles");

    public OsRelease {
        fields = Map.copyOf(fields);
    }

    /** @throws IOException also when there is none */
    public static OsRelease read(HostFiles files) throws IOException {
        for (String path : List.of("/etc/os-release", "/usr/lib/os-release")) {
            var text = files.read(path);
            if (text.isPresent()) {
                return parse(text.get());
            }
        }
        throw new IOException("there is no /etc/os-release");
    }

    public static OsRelease parse(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String line : text.lines().map(String::strip).toList()) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                fields.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
            }
        }
        return new OsRelease(fields);
    }

    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    public String id() {
        return fields.getOrDefault("ID", "linux");
    }

    /** "debian", "rhel" or "suse": whose tools it has; its own id where that is none of those known. */
    public String family() {
        List<String> all =
                List.of((id() + " " + field("ID_LIKE")).toLowerCase(Locale.ROOT).split("[\\s]+"));
        if (all.contains("debian") || all.contains("ubuntu")) {
            return "debian";
        }
        if (all.stream().anyMatch(RHEL::contains)) {
            return "rhel";
        }
        return all.stream().anyMatch(word -> SUSE.stream().anyMatch(word::startsWith)) ? "suse" : id();
    }

    /** As a shell reads it: in quotes or not, with backslashes before what is special. */
    private static String unquoted(String value) {
        String text = value;
        if (text.length() >= 2
                && (text.startsWith("\"") || text.startsWith("'"))
                && text.endsWith(text.substring(0, 1))) {
            text = text.substring(1, text.length() - 1);
        }
        return text.replaceAll("\\\\(.)", "$1");
    }
}
