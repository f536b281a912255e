package dev.drydock.cli.command;

import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.PolicyState;
import dev.drydock.proto.v1.RuleStanding;
import java.util.List;

/**
 * The compliance report as pipelines read results of tests: a suite a host, a case a rule. Late is a failure, unknown an error,
 * what is waived is skipped; what is due has passed.
 */
final class JunitReport {
    private final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    private JunitReport() {}

    static String of(ComplianceReportResponse report) {
        JunitReport junit = new JunitReport();
        List<RuleStanding> all = report.getRowsList().stream()
                .flatMap(row -> row.getStanding().getRulesList().stream())
                .toList();
        junit.open("testsuites", "drydock compliance", all, report);
        report.getRowsList().forEach(row -> junit.host(row, report));
        junit.xml.append("</testsuites>\n");
        return junit.xml.toString();
    }

    private void open(String element, String name, List<RuleStanding> rules, ComplianceReportResponse report) {
        xml.append('<').append(element).append(" name=\"").append(escaped(name)).append('"');
        attribute("tests", rules.size());
        attribute("failures", count(rules, PolicyState.POLICY_LATE));
        attribute("errors", count(rules, PolicyState.POLICY_UNKNOWN));
        attribute("skipped", count(rules, PolicyState.POLICY_WAIVED));
        xml.append(" timestamp=\"").append(Times.instant(report.getAt())).append("\">\n");
    }

    private void attribute(String name, long value) {
        xml.append(' ').append(name).append("=\"").append(value).append('"');
    }

    private static long count(List<RuleStanding> rules, PolicyState state) {
        return rules.stream().filter(rule -> rule.getState() == state).count();
    }

    private void host(HostCompliance row, ComplianceReportResponse report) {
        xml.append("  ");
        open("testsuite", row.getHost(), row.getStanding().getRulesList(), report);
        row.getStanding().getRulesList().forEach(rule -> rule(row.getHost(), rule));
        xml.append("  </testsuite>\n");
    }

    private void rule(String host, RuleStanding rule) {
        xml.append("    <testcase classname=\"")
                .append(escaped(host))
                .append("\" name=\"")
                .append(escaped(rule.getPolicy() + "/" + rule.getRule() + ": " + rule.getTitle()))
                .append('"');
        switch (rule.getState()) {
            case POLICY_LATE -> outcome("failure", rule.getSeverity(), rule.getDetail());
            case POLICY_UNKNOWN, POLICY_STATE_UNSPECIFIED, UNRECOGNIZED ->
                outcome("error", rule.getSeverity(), rule.getDetail());
            case POLICY_WAIVED -> outcome("skipped", "", "waived by " + rule.getWaiver() + ": " + rule.getDetail());
            case POLICY_COMPLIANT, POLICY_DUE -> xml.append("/>\n");
        }
    }

    private void outcome(String element, String type, String message) {
        xml.append(">\n      <").append(element);
        if (!type.isEmpty()) {
            xml.append(" type=\"").append(escaped(type)).append('"');
        }
        xml.append(" message=\"").append(escaped(message)).append("\"/>\n    </testcase>\n");
    }

    /** Without what no XML 1.0 document may hold (section 2.2). */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\n' -> out.append("&#10;");
                default -> out.appendCodePoint(allowed(c) ? c : 0xFFFD);
            }
        });
        return out.toString();
    }

    private static boolean allowed(int c) {
        return c == '\t' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }
}
