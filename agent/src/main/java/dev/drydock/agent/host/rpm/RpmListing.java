package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.PackageId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code rpm -q} writes of packages, of the database or of files. Pure. */
final class RpmListing {
    static final String FORMAT = "%{NAME}\\t%{ARCH}\\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}"
            + "\\t%{SHA256HEADER}%{SHA1HEADER}\\t%{SIZE}\\n";

    static final String WHOLE = "installed";
    static final String TWICE = "installed more than once";

    private RpmListing() {}

    /**
     * One package of one version.
     *
     * @param header checksum of the header as it was built, which names the checksum of every file in turn; the same in
     *     the database and in the file that it was installed from
     * @param size of the installed files in bytes
     */
    record Row(String name, String arch, String version, String header, long size) {
        PackageId id(Set<String> sideBySide) {
            return sideBySide.contains(name) ? Nevra.sideBySide(name, version, arch) : new PackageId(name, arch);
        }
    }

    static List<Row> parse(String output) {
        return output.lines()
                .filter(line -> !line.isBlank())
                .map(RpmListing::row)
                .toList();
    }

    private static Row row(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 5 || !fields[4].matches("\\d{1,18}|\\(none\\)")) {
            throw new IllegalArgumentException("rpm wrote a line that is not understood: " + line);
        }
        long size = fields[4].startsWith("(") ? 0 : Long.parseLong(fields[4]);
        return new Row(fields[0], fields[1], Nevra.version(fields[2]), fields[3], size);
    }

    /** Sorted; keys that rpm keeps as if they were packages apart. A package that is there twice is one that is broken. */
    static List<InstalledPackage> installed(Collection<Row> rows, Set<String> sideBySide) {
        Map<PackageId, List<String>> versions = new TreeMap<>();
        for (Row row : rows) {
            if (!row.name().equals("gpg-pubkey")) {
                versions.computeIfAbsent(row.id(sideBySide), any -> new ArrayList<>())
                        .add(row.version());
            }
        }
        return versions.entrySet().stream()
                .map(e -> installed(e.getKey(), e.getValue()))
                .toList();
    }

    private static InstalledPackage installed(PackageId id, List<String> versions) {
        boolean whole = versions.size() == 1;
        return new InstalledPackage(
                id, versions.stream().sorted().collect(Collectors.joining(" and ")), whole ? WHOLE : TWICE, whole);
    }
}
