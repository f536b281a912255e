package dev.drydock.agent.facts;

import dev.drydock.proto.facts.v1.Os;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code os-release(5)} says. Pure. */
final class OsFacts {
    private static final List<String> RHEL = List.of("rhel", "fedora", "centos", "rocky", "almalinux");
    private static final List<String> SUSE = List.of("suse", "opensuse", "sles");

    private OsFacts() {}

    /** @param arch of this machine, as Java calls it */
    static Os parse(String osRelease, String arch) {
        Map<String, String> fields = fields(osRelease);
        String id = fields.getOrDefault("ID", "linux");
        return Os.newBuilder()
                .setFamily(family(id, fields.getOrDefault("ID_LIKE", "")))
                .setId(id)
                .setVersion(fields.getOrDefault("VERSION_ID", ""))
                .setCodename(fields.getOrDefault("VERSION_CODENAME", ""))
                .setArch(arch.equals("aarch64") ? "arm64" : arch)
                .setPrettyName(fields.getOrDefault("PRETTY_NAME", ""))
                .build();
    }

    /** The family whose tools it has; its own id where that is none of those known. */
    private static String family(String id, String like) {
        List<String> all = List.of((id + " " + like).toLowerCase(Locale.ROOT).split("[\\s]+"));
        if (all.contains("debian") || all.contains("ubuntu")) {
            return "debian";
        }
        if (all.stream().anyMatch(RHEL::contains)) {
            return "rhel";
        }
        return all.stream().anyMatch(word -> SUSE.stream().anyMatch(word::startsWith)) ? "suse" : id;
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String line : text.lines().map(String::strip).toList()) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                fields.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
            }
        }
        return fields;
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
