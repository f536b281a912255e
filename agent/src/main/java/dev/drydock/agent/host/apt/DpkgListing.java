package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.PackageId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code dpkg-query} and {@code dpkg --audit} write. Pure. */
final class DpkgListing {
    static final String FORMAT = "${Package}\\t${Architecture}\\t${Version}\\t${db:Status-Abbrev}\\n";
    static final String SOURCES = "${Package}\\t${Architecture}\\t${source:Package}\\n";

    private DpkgListing() {}

    static Map<PackageId, String> sources(String output) {
        Map<PackageId, String> sources = new HashMap<>();
        output.lines()
                .map(line -> line.split("\t", -1))
                .filter(fields -> fields.length == 3)
                .forEach(fields -> sources.put(new PackageId(fields[0], fields[1]), fields[2]));
        return sources;
    }

    /** Packages of which the database holds anything, also those of which only the configuration is left. Sorted. */
    static List<InstalledPackage> parse(String output) {
        return output.lines()
                .map(DpkgListing::line)
                .filter(p -> p.status().length() < 2 || p.status().charAt(1) != 'n')
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
    }

    private static InstalledPackage line(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 4) {
            throw new IllegalArgumentException("dpkg-query wrote a line that is not understood: " + line);
        }
        // Desired, state, error flag: "ii ", "hi ", "iF ", "iHR".
        String status = fields[3].strip();
        return new InstalledPackage(
                new PackageId(fields[0], fields[1]),
                fields[2],
                status,
                status.length() == 2 && status.charAt(1) == 'i');
    }

    /** Its files are on the system, whole or in part. */
    static boolean isPresent(InstalledPackage p) {
        return p.status().length() < 2 || p.status().charAt(1) != 'c';
    }

    /** Somebody has put it on hold ({@code apt-mark hold}): what is wanted of it is that it stays. */
    static boolean isHeld(InstalledPackage p) {
        return p.status().startsWith("h");
    }

    /** {@code dpkg --audit} explains at the margin and lists packages behind one space. */
    static List<String> audit(String output) {
        return output.lines()
                .filter(line -> line.startsWith(" ") && !line.isBlank())
                .map(line -> line.strip().split("\\s+", 2)[0])
                .distinct()
                .sorted()
                .toList();
    }
}
