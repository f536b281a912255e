package dev.drydock.controller.waiver;

import dev.drydock.controller.naming.ResourceName;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A waiver as somebody asks for it; of rule, cve and package exactly one is not empty.
 *
 * @param rule {@code policy/rule}
 */
public record WaiverDraft(
        String name, String rule, String cve, String packageName, String hosts, String reason, Instant expiresAt) {
    /** Whoever wants more asks again. */
    public static final Duration LONGEST = Duration.ofDays(366);

    private static final Pattern RULE = Pattern.compile("[a-z0-9-]{1,63}/[a-z0-9-]{1,63}");
    private static final Pattern CVE = Pattern.compile("[A-Z]+-[A-Za-z0-9:-]{3,60}");
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]{0,127}");
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 2000;

    /** @throws InvalidWaiverException with every problem found */
    Waiver validate(String by, Instant now) throws InvalidWaiverException {
        List<String> problems = new ArrayList<>();
        ResourceName.problem(name).ifPresent(problems::add);
        Waiver.Kind kind = kind(problems);
        selector(problems);
        String why = reason.strip();
        if (why.length() < SHORTEST_REASON || why.length() > LONGEST_REASON) {
            problems.add("reason: '" + (why.length() > LONGEST_REASON ? why.length() + " characters" : why)
                    + "'; expected " + SHORTEST_REASON + " to " + LONGEST_REASON + " characters that say why");
        }
        if (!expiresAt.isAfter(now)) {
            problems.add("expires_at: " + expiresAt + " is over; expected a time to come");
        } else if (expiresAt.isAfter(now.plus(LONGEST))) {
            problems.add("expires_at: " + expiresAt + " is more than " + LONGEST.toDays()
                    + " days away; expected less: ask again when it is over");
        }
        if (!problems.isEmpty()) {
            throw new InvalidWaiverException(problems);
        }
        return new Waiver(
                name,
                kind,
                rule + cve + packageName,
                hosts.strip(),
                why,
                expiresAt,
                by,
                now,
                Optional.empty(),
                Optional.empty());
    }

    private Waiver.Kind kind(List<String> problems) {
        long given = List.of(rule, cve, packageName).stream()
                .filter(one -> !one.isEmpty())
                .count();
        if (given != 1) {
            problems.add("rule, cve, package: " + (given == 0 ? "none is given" : "more than one is given")
                    + "; expected exactly one");
            return Waiver.Kind.RULE;
        }
        form("rule", rule, RULE, "POLICY/RULE, for example web/backup", problems);
        form("cve", cve, CVE, "for example CVE-2024-6387", problems);
        form("package", packageName, PACKAGE, "the name of a package", problems);
        if (!rule.isEmpty()) {
            return Waiver.Kind.RULE;
        }
        return cve.isEmpty() ? Waiver.Kind.PACKAGE : Waiver.Kind.CVE;
    }

    private static void form(String field, String value, Pattern form, String expected, List<String> problems) {
        if (!value.isEmpty() && !form.matcher(value).matches()) {
            problems.add(field + ": '" + value + "'; expected " + expected);
        }
    }

    private void selector(List<String> problems) {
        if (hosts.isBlank()) {
            problems.add(
                    "hosts: missing; expected CEL over host, for example host.name == \"web-01\", or true for all");
            return;
        }
        try {
            var unused = Expressions.compile(hosts);
        } catch (InvalidExpressionException e) {
            problems.add("hosts: " + e.getMessage());
        }
    }
}
