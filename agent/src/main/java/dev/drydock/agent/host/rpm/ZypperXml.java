package dev.drydock.agent.host.rpm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code zypper --xmlout} writes. Pure. Read by patterns: it is a flat stream without namespaces or entities of its own,
 * and a parser of all XML would double the agent's Java runtime for it.
 */
final class ZypperXml {
    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-z][a-z-]*)((?:\\s+[a-z_-]+\\s*=\\s*(?:\"[^\"]*\"|'[^']*'))*)\\s*/?>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z_-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");
    private static final Pattern SUMMARY = Pattern.compile("<install-summary [^>]*>");
    private static final Pattern ERROR = Pattern.compile("(?s)<message type=\"error\">(.*?)</message>");
    private static final Pattern PROBLEM = Pattern.compile("(?s)<prompt [^>]*>\\s*<description>(.*?)</description>");
    private static final Pattern LOWER = Pattern.compile("(\\S+) < \\S+");
    private static final Pattern SCRIPTLET = Pattern.compile(
            "%([a-z]+)\\((\\S+)\\) scriptlet failed|lua script failed: \\[string \"%([a-z]+)\\((\\S+)\\)\"");

    private ZypperXml() {}

    /** Packages alone; what is added of patches, patterns and products has no files. */
    static RpmPlan plan(String output) {
        List<RpmPlan.Install> installs = new ArrayList<>();
        List<String> removals = new ArrayList<>();
        String section = "";
        for (Matcher tag = TAG.matcher(output); tag.find(); ) {
            String name = tag.group(2);
            if (name.startsWith("to-")) {
                section = tag.group(1).isEmpty() ? name : "";
            } else if (name.equals("solvable") && tag.group(1).isEmpty() && !section.isEmpty()) {
                Map<String, String> attributes = attributes(tag.group(3));
                if (!"package".equals(attributes.get("type"))) {
                    continue;
                }
                String of = required(attributes, "name", output);
                if (section.equals("to-remove")) {
                    removals.add(of);
                } else {
                    installs.add(new RpmPlan.Install(
                            of,
                            required(attributes, "arch", output),
                            Nevra.version(required(attributes, "edition", output)),
                            !section.equals("to-install")));
                }
            }
        }
        return new RpmPlan(installs, removals);
    }

    static RpmTool.Sizes sizes(String output) {
        Matcher summary = SUMMARY.matcher(output);
        if (!summary.find()) {
            return new RpmTool.Sizes(0, 0);
        }
        Map<String, String> attributes = attributes(summary.group());
        return new RpmTool.Sizes(
                Long.parseLong(required(attributes, "download-size", output)),
                Math.max(0, Long.parseLong(required(attributes, "space-usage-diff", output))));
    }

    /** From {@code list-updates}. */
    static List<RpmTool.Offer> offers(String output) {
        List<RpmTool.Offer> offers = new ArrayList<>();
        Map<String, String> update = Map.of();
        for (Matcher tag = TAG.matcher(output); tag.find(); ) {
            if (!tag.group(1).isEmpty()) {
                continue;
            }
            if (tag.group(2).equals("update")) {
                update = attributes(tag.group(3));
            } else if (tag.group(2).equals("source") && "package".equals(update.get("kind"))) {
                offers.add(new RpmTool.Offer(
                        required(update, "name", output),
                        required(update, "arch", output),
                        Nevra.version(required(update, "edition", output)),
                        required(attributes(tag.group(3)), "alias", output)));
            }
        }
        return offers;
    }

    /** Names of patches that are needed, from {@code list-patches}, which lists other categories too when it writes XML. */
    static List<String> neededPatches(String output, String category) {
        List<String> names = new ArrayList<>();
        for (Matcher tag = TAG.matcher(output); tag.find(); ) {
            if (tag.group(2).equals("update") && tag.group(1).isEmpty()) {
                Map<String, String> attributes = attributes(tag.group(3));
                if ("patch".equals(attributes.get("kind"))
                        && category.equals(attributes.get("category"))
                        && "needed".equals(attributes.get("status"))) {
                    names.add(required(attributes, "name", output));
                }
            }
        }
        return names;
    }

    /** Names of packages that patches conflict with when they are older, from {@code info -t patch}. */
    static Set<String> patchedPackages(String output) {
        Set<String> names = new TreeSet<>();
        boolean conflicts = false;
        for (String line : text(output).lines().toList()) {
            boolean continued = line.startsWith("  ");
            conflicts = continued ? conflicts : line.startsWith("Conflicts");
            Matcher lower = LOWER.matcher(line);
            if (conflicts && lower.find() && !lower.group(1).startsWith("srcpackage:")) {
                names.add(bareName(lower.group(1)));
            }
        }
        return names;
    }

    /** Patches may name an architecture behind a dot. */
    private static String bareName(String name) {
        return name.replaceFirst("\\.(noarch|x86_64|i[3-6]86|aarch64|ppc64le|s390x)$", "");
    }

    /** What went wrong in scripts of packages; empty when nothing did. */
    static List<String> failedScripts(String output) {
        return SCRIPTLET
                .matcher(text(output))
                .results()
                .map(m -> (m.group(1) == null ? m.group(3) : m.group(1)) + " script of "
                        + (m.group(2) == null ? m.group(4) : m.group(2)))
                .distinct()
                .toList();
    }

    /** In one line, what zypper says went wrong; empty when it says nothing. */
    static String errors(String output) {
        List<String> all = new ArrayList<>();
        for (Pattern pattern : List.of(ERROR, PROBLEM)) {
            pattern.matcher(output)
                    .results()
                    .map(m -> text(m.group(1)).strip().replaceAll("\\s*\\n\\s*", "; "))
                    .filter(s -> !s.isEmpty())
                    .forEach(all::add);
        }
        return String.join(" | ", all);
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new HashMap<>();
        for (Matcher m = ATTRIBUTE.matcher(text); m.find(); ) {
            attributes.put(m.group(1), text(m.group(2) == null ? m.group(3) : m.group(2)));
        }
        return attributes;
    }

    private static String required(Map<String, String> attributes, String name, String output) {
        String value = attributes.get(name);
        if (value == null) {
            throw new IllegalArgumentException("zypper wrote what is not understood: no " + name + " in " + attributes
                    + " of " + output.length() + " characters");
        }
        return value;
    }

    private static String text(String xml) {
        return xml.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }
}
