package dev.drydock.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What docs/ says of metrics, and asks of them. */
final class MetricDocs {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9_]+)(?:\\{[^`]*})?` \\| (\\w+) \\|");
    private static final Pattern NAME = Pattern.compile("\\b(?:drydock|jvm|process|system)_[a-z0-9_]+");
    private static final ObjectMapper JSON = new ObjectMapper();

    private MetricDocs() {}

    /** Name and type of each row of the tables of docs/observability.md. */
    static TreeMap<String, String> documented() throws IOException {
        TreeMap<String, String> rows = new TreeMap<>();
        ROW.matcher(Files.readString(DOCS.resolve("observability.md")))
                .results()
                .forEach(row -> rows.put(row.group(1), row.group(2)));
        return rows;
    }

    /** What a controller exposes at any time. Java's collector decides what more there is of it. */
    static TreeMap<String, String> families(Exposition exposed) {
        TreeMap<String, String> families = new TreeMap<>(exposed.types());
        families.keySet()
                .removeIf(name -> name.endsWith("_max") && exposed.types().containsKey(name.replaceFirst("_max$", "")));
        families.keySet().removeIf(name -> name.startsWith("jvm_gc_") && !name.equals("jvm_gc_overhead"));
        return families;
    }

    static JsonNode dashboard() throws IOException {
        return JSON.readTree(DOCS.resolve("grafana/drydock.json").toFile());
    }

    static Set<String> askedForByTheDashboard() throws IOException {
        return dashboard().findValuesAsText("expr").stream()
                .flatMap(query -> names(query).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static AlertRules alerts() throws IOException {
        return AlertRules.of(Files.readString(DOCS.resolve("grafana/drydock-alerts.yaml")));
    }

    static Set<String> askedForByTheAlerts() throws IOException {
        return alerts().rules().stream()
                .flatMap(rule -> names(rule.expr()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static List<String> names(String query) {
        return NAME.matcher(query).results().map(found -> found.group()).toList();
    }
}
