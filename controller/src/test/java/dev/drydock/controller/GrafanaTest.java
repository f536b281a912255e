package dev.drydock.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The files that are given to operators are what Grafana and Prometheus take. */
final class GrafanaTest {
    @Test
    void theDashboardIsOne() throws Exception {
        JsonNode dashboard = MetricDocs.dashboard();
        assertThat(dashboard.get("uid").asText()).isEqualTo("drydock");
        assertThat(dashboard.get("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
        Set<Integer> ids = new HashSet<>();
        boolean[][] taken = new boolean[200][24];
        for (JsonNode panel : dashboard.get("panels")) {
            String title = panel.get("title").asText();
            assertThat(ids.add(panel.get("id").asInt())).as(title).isTrue();
            JsonNode place = panel.get("gridPos");
            for (int y = 0; y < place.get("h").asInt(); y++) {
                for (int x = 0; x < place.get("w").asInt(); x++) {
                    int row = place.get("y").asInt() + y;
                    int column = place.get("x").asInt() + x;
                    assertThat(taken[row][column])
                            .as(title + " lies on another")
                            .isFalse();
                    taken[row][column] = true;
                }
            }
            if (!panel.get("type").asText().equals("row")) {
                assertThat(panel.get("description").asText()).as(title).isNotBlank();
                assertThat(panel.get("datasource").get("uid").asText()).isEqualTo("${datasource}");
                assertThat(panel.get("targets")).as(title).isNotEmpty().allSatisfy(target -> {
                    String query = target.get("expr").asText();
                    assertThat(MetricDocs.names(query)).as(query).isNotEmpty();
                    assertThat(closed(query)).as(query).isTrue();
                    assertThat(query).contains("job=~\"$job\",instance=~\"$instance\"");
                });
            }
        }
        assertThat(dashboard.get("panels").findValuesAsText("title"))
                .contains("Fleet", "Rollouts", "Runs", "API", "Store and upkeep", "Java");
    }

    @Test
    void theAlertsAreRules() throws Exception {
        Set<String> names = new HashSet<>();
        assertThat(MetricDocs.alerts().rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(names.add(rule.alert())).as(rule.alert()).isTrue();
            assertThat(rule.alert()).matches("Drydock[A-Z][A-Za-z]+");
            assertThat(rule.severity()).isIn("warning", "critical");
            assertThat(rule.summary()).endsWith(".");
            assertThat(rule.description()).isNotBlank();
            assertThat(closed(rule.expr())).as(rule.expr()).isTrue();
            assertThat(rule.lasts()).matches("\\d+[smhd]");
        });
    }

    private static boolean closed(String query) {
        StringBuilder open = new StringBuilder();
        for (char c : query.replaceAll("\"[^\"]*\"", "").toCharArray()) {
            int opening = "([{".indexOf(c);
            int closing = ")]}".indexOf(c);
            if (opening >= 0) {
                open.append(")]}".charAt(opening));
            } else if (closing >= 0) {
                if (open.isEmpty() || open.charAt(open.length() - 1) != c) {
                    return false;
                }
                open.setLength(open.length() - 1);
            }
        }
        return open.isEmpty();
    }
}
