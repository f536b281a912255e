package dev.drydock.controller.document;

import java.time.Instant;
import java.util.List;

/** Results as pipelines read those of tests. */
final class Junit {
    private Junit() {}

    /** What became of a case. */
    enum Outcome {
        PASSED(""),
        FAILURE("failure"),
        ERROR("error"),
        SKIPPED("skipped");

        private final String element;

        Outcome(String element) {
            this.element = element;
        }
    }

    /** @param type of a failure or an error; may be empty */
    record Case(String name, Outcome outcome, String type, String message) {
        static Case passed(String name) {
            return new Case(name, Outcome.PASSED, "", "");
        }
    }

    record Suite(String name, List<Case> cases) {}

    static String xml(String name, Instant at, List<Suite> suites) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        List<Case> all =
                suites.stream().flatMap(suite -> suite.cases().stream()).toList();
        open(xml, "testsuites", name, at, all);
        for (Suite suite : suites) {
            xml.append("  ");
            open(xml, "testsuite", suite.name(), at, suite.cases());
            suite.cases().forEach(one -> add(xml, suite.name(), one));
            xml.append("  </testsuite>\n");
        }
        return xml.append("</testsuites>\n").toString();
    }

    private static void open(StringBuilder xml, String element, String name, Instant at, List<Case> cases) {
        xml.append('<')
                .append(element)
                .append(attribute("name", name))
                .append(attribute("tests", String.valueOf(cases.size())))
                .append(attribute("failures", count(cases, Outcome.FAILURE)))
                .append(attribute("errors", count(cases, Outcome.ERROR)))
                .append(attribute("skipped", count(cases, Outcome.SKIPPED)))
                .append(attribute("timestamp", at.toString()))
                .append(">\n");
    }

    private static String count(List<Case> cases, Outcome outcome) {
        return String.valueOf(
                cases.stream().filter(one -> one.outcome() == outcome).count());
    }

    private static void add(StringBuilder xml, String suite, Case one) {
        xml.append("    <testcase").append(attribute("classname", suite)).append(attribute("name", one.name()));
        if (one.outcome() == Outcome.PASSED) {
            xml.append("/>\n");
        } else {
            xml.append(">\n      <")
                    .append(one.outcome().element)
                    .append(one.type().isEmpty() ? "" : attribute("type", one.type()))
                    .append(attribute("message", one.message()))
                    .append("/>\n    </testcase>\n");
        }
    }

    private static String attribute(String name, String value) {
        String escaped = Text.clean(value)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\n", "&#10;");
        return " " + name + "=\"" + escaped + "\"";
    }
}
