package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.packages.PackageChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What dnf 4 writes. Pure. */
final class DnfOutput {
    /** For {@code dnf repoquery}. */
    static final String OFFERS = "%{name}\\t%{arch}\\t%{evr}\\t%{repoid}\\t%{size}\\t%{installsize}";

    private static final Pattern STEP = Pattern.compile("---> Package (\\S+)\\.(\\S+) (\\S+) will be (an? )?(\\S+)");
    private static final Pattern ADVISORY = Pattern.compile("\\S+\\s+\\S+/Sec\\.\\s+(\\S+)-[^-\\s]+-[^-\\s]+");
    private static final Pattern SCRIPTLET = Pattern.compile("Error in (\\S+) scriptlet in rpm package (\\S+)");
    private static final Pattern NO_END = Pattern.compile("(?m)^End rpmdb\\s*:[ \\t*]*$");
    /** A change of marks alone has neither. */
    private static final Pattern BEGIN = Pattern.compile("(?m)^Begin rpmdb\\s*:[ \\t]*[0-9a-f]+");

    private static final Pattern TRANSACTION = Pattern.compile("(?m)^Transaction ID\\s*:\\s*(\\d+)\\s*$");

    private DnfOutput() {}

    /** Reads the lines that {@code -d 3} writes, one for each package; the table below them wraps long names. */
    static RpmPlan plan(String output) {
        List<RpmPlan.Install> installs = new ArrayList<>();
        List<String> removals = new ArrayList<>();
        for (String line : output.lines().toList()) {
            if (!line.startsWith("---> ")) {
                continue;
            }
            Matcher step = STEP.matcher(line.strip());
            if (!step.matches()) {
                throw new IllegalArgumentException("dnf wrote a line that is not understood: " + line);
            }
            switch (step.group(5)) {
                case "installed", "upgrade", "downgrade", "reinstalled", "obsoleting" ->
                    installs.add(new RpmPlan.Install(
                            step.group(1),
                            step.group(2),
                            Nevra.version(step.group(3)),
                            !step.group(5).equals("installed")));
                case "erased", "obsoleted" -> removals.add(step.group(1));
                case "upgraded" -> {
                    // The old one of an upgrade, which has a line of its own.
                }
                default -> throw new IllegalArgumentException("dnf wrote a line that is not understood: " + line);
            }
        }
        return new RpmPlan(installs, removals);
    }

    static List<RpmTool.Offer> offers(String output) {
        return rows(output).stream()
                .map(f -> new RpmTool.Offer(f[0], f[1], Nevra.version(f[2]), f[3]))
                .toList();
    }

    /** Of those of the offers that the changes want. */
    static RpmTool.Sizes sizes(List<PackageChange> changes, String output) {
        long download = 0;
        long growth = 0;
        Set<String> counted = new HashSet<>();
        for (String[] row : rows(output)) {
            String nevra = row[0] + "-" + Nevra.version(row[2]) + "." + row[1];
            boolean wanted =
                    changes.stream().anyMatch(c -> Nevra.of(c.id(), c.to()).equals(nevra));
            if (wanted && counted.add(nevra)) {
                download += Long.parseLong(row[4]);
                growth += Long.parseLong(row[5]);
            }
        }
        return new RpmTool.Sizes(download, growth);
    }

    private static List<String[]> rows(String output) {
        List<String[]> rows = new ArrayList<>();
        for (String line : output.lines().filter(l -> !l.isBlank()).toList()) {
            String[] fields = line.split("\t", -1);
            if (fields.length != 6 || !fields[4].matches("\\d{1,18}") || !fields[5].matches("\\d{1,18}")) {
                throw new IllegalArgumentException("dnf repoquery wrote a line that is not understood: " + line);
            }
            rows.add(fields);
        }
        return rows;
    }

    /** Names of packages, from {@code dnf updateinfo list --security}. */
    static Set<String> security(String output) {
        Set<String> names = new TreeSet<>();
        for (String line : output.lines().filter(l -> !l.isBlank()).toList()) {
            Matcher advisory = ADVISORY.matcher(line.strip());
            if (!advisory.matches()) {
                throw new IllegalArgumentException("dnf updateinfo wrote a line that is not understood: " + line);
            }
            names.add(advisory.group(1));
        }
        return names;
    }

    /** What went wrong in scripts of packages; empty when nothing did. */
    static List<String> failedScripts(String output) {
        return SCRIPTLET
                .matcher(output)
                .results()
                .map(m -> m.group(1).toLowerCase(java.util.Locale.ROOT) + " script of " + m.group(2))
                .distinct()
                .toList();
    }

    /** The last transaction's number, from {@code dnf history info last}, when it never came to its end. */
    static Optional<String> cutOff(String output) {
        Matcher transaction = TRANSACTION.matcher(output);
        boolean cutOff = BEGIN.matcher(output).find() && NO_END.matcher(output).find();
        return cutOff && transaction.find() ? Optional.of(transaction.group(1)) : Optional.empty();
    }

    /** dnf's own error lines, else the last line. */
    static String errors(String tail) {
        List<String> lines = tail.lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty() && !l.startsWith("(try to add"))
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("Error: ")) {
                List<String> missing = lines.stream()
                        .filter(l -> l.startsWith("No match for argument"))
                        .toList();
                String said = String.join(" ", lines.subList(i, lines.size())).substring("Error: ".length());
                return missing.isEmpty() ? said : said + " (" + String.join("; ", missing) + ")";
            }
        }
        return lines.isEmpty() ? "" : lines.getLast();
    }

    /** {@code name<TAB>arch} lines. */
    static Set<Map.Entry<String, String>> pairs(String output) {
        Set<Map.Entry<String, String>> pairs = new HashSet<>();
        for (String line : output.lines().filter(l -> !l.isBlank()).toList()) {
            String[] fields = line.split("\t", -1);
            if (fields.length != 2) {
                throw new IllegalArgumentException("dnf repoquery wrote a line that is not understood: " + line);
            }
            pairs.add(Map.entry(fields[0], fields[1]));
        }
        return pairs;
    }
}
