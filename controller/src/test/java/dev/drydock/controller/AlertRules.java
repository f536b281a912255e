package dev.drydock.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.Yaml;

/** A rule file of Prometheus. */
record AlertRules(List<Rule> rules) {
    static AlertRules of(String yaml) {
        JsonNode file = new ObjectMapper().valueToTree(new Yaml().load(yaml));
        List<Rule> rules = new ArrayList<>();
        for (JsonNode group : file.path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                rules.add(new Rule(
                        rule.path("alert").asText(),
                        rule.path("expr").asText(),
                        rule.path("for").asText("0s"),
                        rule.path("labels").path("severity").asText(),
                        rule.path("annotations").path("summary").asText(),
                        rule.path("annotations").path("description").asText(),
                        rule.path("annotations").path("runbook_url").asText()));
            }
        }
        return new AlertRules(rules);
    }

    /** @param lasts how long it has to be so */
    record Rule(
            String alert,
            String expr,
            String lasts,
            String severity,
            String summary,
            String description,
            String runbook) {}
}
