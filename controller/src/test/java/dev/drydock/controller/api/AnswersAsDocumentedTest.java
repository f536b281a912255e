package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.drydock.controller.api.RestClient.Answer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers over HTTPS against the document that is served with them. OpenAPI 3.1's schemas are JSON Schema 2020-12 (OpenAPI 3.1.0,
 * 4.8.24). The build of the client (restclient) reads the document as a whole with another program.
 */
final class AnswersAsDocumentedTest {
    private static final String DOCUMENT = "https://drydock.invalid/openapi.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private RestFleet fleet;
    private RestClient rest;
    private ObjectNode document;
    private SchemaRegistry schemas;

    @BeforeEach
    void start() throws Exception {
        fleet = new RestFleet(directory);
        rest = fleet.rest;
        document = (ObjectNode) rest.get("/v1/openapi.json").json();
        // Clients have to bear fields that are new to them; here nothing is to be told that the document does not.
        document.at("/components/schemas").forEach(AnswersAsDocumentedTest::closed);
        schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                registry -> registry.schemas(Map.of(DOCUMENT, document.toString())));
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    private static void closed(JsonNode schema) {
        if (schema.has("properties") && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
    }

    private List<Error> wrong(String pointer, JsonNode body) {
        assertThat(document.at(pointer).isMissingNode()).as(pointer).isFalse();
        Schema schema = schemas.getSchema(SchemaLocation.of(DOCUMENT + "#" + pointer));
        return schema.validate(body, run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private void assertAsDocumented(String path, String verb, Answer answer) {
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
        assertThat(wrong(
                        "/paths/" + path.replace("/", "~1") + "/" + verb
                                + "/responses/200/content/application~1json/schema",
                        answer.json()))
                .as(verb + " " + path)
                .isEmpty();
    }

    private void assertProblem(int status, Answer answer) {
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
        assertThat(wrong("/components/responses/Problem/content/application~1problem+json/schema", answer.json()))
                .isEmpty();
    }

    @Test
    void everySchemaIsOne() {
        Schema language = schemas.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(document.at("/components/schemas").properties())
                .hasSizeGreaterThan(100)
                .allSatisfy(schema -> assertThat(language.validate(schema.getValue()))
                        .as(schema.getKey())
                        .isEmpty());
        assertThat(language.validate(JSON.createObjectNode().put("type", "text")))
                .isNotEmpty();
    }

    @Test
    void whatIsAnsweredIsWhatIsDocumented() {
        assertAsDocumented("/v1/hosts", "get", rest.get("/v1/hosts"));
        assertAsDocumented("/v1/hosts", "get", rest.get("/v1/hosts?readMask=facts.name"));
        assertAsDocumented("/v1/hosts/{name}", "get", rest.get("/v1/hosts/web-01"));
        assertAsDocumented("/v1/hosts/{name}:drain", "post", rest.post("/v1/hosts/web-01:drain", ""));
        assertAsDocumented("/v1/windows", "post", rest.post("/v1/windows", """
                {"name": "sunday-night", "rrule": "FREQ=WEEKLY;BYDAY=SU", "start": "2026-11-29T02:00",
                 "zone": "Asia/Tokyo", "duration": "10800s", "cutoff": "2700s"}"""));
        assertAsDocumented("/v1/windows/{name}/openings", "get", rest.get("/v1/windows/sunday-night/openings?count=3"));
        assertAsDocumented("/v1/rollouts", "get", rest.get("/v1/rollouts"));
        assertAsDocumented("/v1/rollouts/{name}", "get", rest.get("/v1/rollouts/web-nov"));
        assertAsDocumented("/v1/runs", "get", rest.get("/v1/runs"));
        assertAsDocumented("/v1/runs/{id}", "get", rest.get("/v1/runs/r-1"));
    }

    @Test
    void failuresAreAsDocumented() {
        assertProblem(404, rest.get("/v1/hosts/nobody"));
        assertProblem(400, rest.post("/v1/windows", "{\"name\": 7, \"no\": true}"));
        assertProblem(401, rest.send(rest.anonymous("/v1/hosts")));
    }

    @Test
    void eventsAreAsDocumented() throws Exception {
        var request = rest.request("/v1/rollouts/web-nov:watch").header("accept", "text/event-stream");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(rest.stream(request).body(), StandardCharsets.UTF_8))) {
            String data = lines.lines()
                    .filter(line -> line.startsWith("data: "))
                    .findFirst()
                    .orElseThrow();
            assertThat(wrong(
                            "/paths/~1v1~1rollouts~1{name}:watch/get/responses/200/x-event-data",
                            JSON.readTree(data.substring("data: ".length()))))
                    .isEmpty();
        }
    }

    @Test
    void whatIsNotDocumentedIsSeen() {
        String host = "/components/schemas/Host";
        ObjectNode answer = (ObjectNode) rest.get("/v1/hosts/web-01").json();
        assertThat(wrong(host, answer)).isEmpty();
        assertThat(wrong(host, answer.deepCopy().put("drained", "yes"))).hasSize(1);
        assertThat(wrong(host, answer.deepCopy().put("surprise", 1))).hasSize(1);
        assertThat(wrong(host, answer.deepCopy().put("state", "HOST_ASLEEP"))).hasSize(1);
    }
}
