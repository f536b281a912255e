package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.packages.PackageId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** dpkg's status file as text: stanzas of fields. Pure. */
final class DpkgStatus {
    private static final String INSTALLED = "Status: install ok installed";

    private DpkgStatus() {}

    /**
     * The status file as it will be after a change.
     *
     * @param after control paragraphs of the packages that will be installed, as {@code dpkg-deb --field} writes them
     */
    static String after(String status, List<String> after) {
        Map<PackageId, String> packages = new LinkedHashMap<>();
        for (String stanza : stanzas(status)) {
            packages.put(id(stanza), stanza);
        }
        for (String control : after) {
            String stanza = control.strip();
            int firstLine = stanza.indexOf('\n');
            String withStatus = firstLine < 0
                    ? stanza + "\n" + INSTALLED
                    : stanza.substring(0, firstLine) + "\n" + INSTALLED + stanza.substring(firstLine);
            packages.put(id(stanza), withStatus);
        }
        return String.join("\n\n", packages.values()) + "\n";
    }

    static List<String> stanzas(String text) {
        List<String> stanzas = new ArrayList<>();
        for (String part : text.split("\n\\s*\n")) {
            if (!part.isBlank()) {
                stanzas.add(part.strip());
            }
        }
        return stanzas;
    }

    static PackageId id(String stanza) {
        return new PackageId(field(stanza, "Package"), field(stanza, "Architecture"));
    }

    /** The first line of a field; empty when it is not there. */
    static String field(String stanza, String name) {
        String prefix = name + ":";
        return stanza.lines()
                .filter(line -> line.regionMatches(true, 0, prefix, 0, prefix.length()))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst()
                .orElse("");
    }

    /** The stanza without some fields, each with its continuation lines. */
    static String without(String stanza, List<String> names) {
        StringBuilder out = new StringBuilder();
        boolean dropping = false;
        for (String line : stanza.lines().toList()) {
            if (!line.startsWith(" ") && !line.startsWith("\t")) {
                String name = line.substring(0, Math.max(0, line.indexOf(':')));
                dropping = names.stream().anyMatch(name::equalsIgnoreCase);
            }
            if (!dropping) {
                out.append(line).append('\n');
            }
        }
        return out.toString();
    }
}
