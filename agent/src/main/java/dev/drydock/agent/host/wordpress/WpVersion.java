package dev.drydock.agent.host.wordpress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions in the order in which WordPress has them, which is that of PHP's {@code version_compare}. */
public final class WpVersion {
    public static final Comparator<String> ORDER = WpVersion::compare;

    private static final Pattern PART = Pattern.compile("\\d+|[^\\d.]+");
    private static final List<List<String>> FORMS = List.of(
            List.of("dev"),
            List.of("alpha", "a"),
            List.of("beta", "b"),
            List.of("RC", "rc"),
            List.of("#"),
            List.of("pl", "p"));
    private static final String NUMBER = "#";

    private WpVersion() {}

    public static int compare(String left, String right) {
        List<String> a = parts(left);
        List<String> b = parts(right);
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = comparePart(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (a.size() == b.size()) {
            return 0;
        }
        return a.size() > b.size() ? longer(a.get(b.size())) : -longer(b.get(a.size()));
    }

    /** Whether both are of one branch, as 6.4.1 and 6.4.5: what WordPress calls a minor update. */
    public static boolean sameBranch(String left, String right) {
        return branch(left).equals(branch(right));
    }

    private static List<String> branch(String version) {
        List<String> parts = parts(version);
        return List.of(part(parts, 0), part(parts, 1));
    }

    private static String part(List<String> parts, int index) {
        return index < parts.size() && isNumber(parts.get(index)) ? parts.get(index) : "0";
    }

    private static List<String> parts(String version) {
        List<String> parts = new ArrayList<>();
        Matcher m = PART.matcher(version.replaceAll("[-_+]", "."));
        while (m.find()) {
            parts.add(m.group());
        }
        return parts;
    }

    private static int comparePart(String a, String b) {
        if (isNumber(a) && isNumber(b)) {
            return new java.math.BigInteger(a).compareTo(new java.math.BigInteger(b));
        }
        return Integer.compare(rank(a), rank(b));
    }

    /** How a version stands to one that ends where this part of it begins. */
    private static int longer(String part) {
        return isNumber(part) ? 1 : Integer.compare(rank(part), rank(NUMBER));
    }

    private static int rank(String part) {
        String form = isNumber(part) ? NUMBER : part;
        for (int i = 0; i < FORMS.size(); i++) {
            if (FORMS.get(i).stream().anyMatch(form::startsWith)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isNumber(String part) {
        return Character.isDigit(part.charAt(0));
    }
}
