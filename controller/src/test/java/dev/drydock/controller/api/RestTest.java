package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.api.RestClient.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single calls as REST, over real HTTPS. */
final class RestTest {
    private static final String SUNDAY = """
            {"name": "sunday-night", "rrule": "FREQ=WEEKLY;BYDAY=SU", "start": "2026-11-29T02:00",
             "zone": "Asia/Tokyo", "duration": "10800s", "cutoff": "2700s"}""";

    @TempDir
    Path directory;

    private RestFleet fleet;
    private RestClient rest;

    @BeforeEach
    void start() throws Exception {
        fleet = new RestFleet(directory);
        rest = fleet.rest;
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    private static void assertProblem(Answer answer, int status, String reason, String said) {
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.json().at("/status").asInt()).isEqualTo(status);
        assertThat(answer.text("/reason")).isEqualTo(reason);
        assertThat(answer.json().at("/code").isInt()).isTrue();
        assertThat(answer.json().at("/details").isArray()).isTrue();
        assertThat(answer.text("/message")).isEqualTo(answer.text("/detail")).contains(said);
        assertThat(answer.text("/type")).isEqualTo("about:blank");
        assertThat(answer.text("/title")).isNotEmpty();
        assertThat(answer.text("/instance")).isEqualTo(answer.http().uri().getRawPath());
    }

    @Test
    void jsonGoesInAndComesOut() {
        Answer made = rest.post("/v1/windows", SUNDAY);
        assertThat(made.status()).as(made.http().body()).isEqualTo(200);
        assertThat(made.header("content-type")).startsWith("application/json");
        assertThat(made.text("/duration")).isEqualTo("10800s");
        // What is at its default is there too.
        assertThat(made.json().at("/exclusive").isBoolean()).isTrue();
        assertThat(made.json().at("/calendars").isArray()).isTrue();

        Answer read = rest.get("/v1/windows/sunday-night");
        assertThat(read.json()).isEqualTo(made.json());
        assertThat(rest.get("/v1/windows").json().at("/windows/0")).isEqualTo(made.json());
        assertThat(rest.send(rest.request("/v1/windows/sunday-night").DELETE()).status())
                .isEqualTo(200);
        assertProblem(rest.get("/v1/windows/sunday-night"), 404, "NOT_FOUND", "sunday-night");
    }

    @Test
    void queriesHoldEveryKindOfField() {
        rest.post("/v1/windows", SUNDAY);
        Answer filtered = rest.get("/v1/hosts?filter=host.name%20%3D%3D%20%22web-02%22");
        assertThat(filtered.json().at("/hosts")).hasSize(1);
        assertThat(filtered.text("/hosts/0/facts/name")).isEqualTo("web-02");

        Answer openings = rest.get("/v1/windows/sunday-night/openings?count=3");
        assertThat(openings.json().at("/openings")).hasSize(3);

        // Times, by the name in JSON and by that in the definition.
        Answer simulated =
                rest.get("/v1/windows/sunday-night:simulate?from=2026-12-01T00:00:00Z&to=2026-12-15T00:00:00%2B00:00");
        assertThat(simulated.status()).as(simulated.http().body()).isEqualTo(200);

        // Beside a body that is one field.
        Answer dry = rest.post("/v1/windows?validate_only=true", SUNDAY.replace("sunday-night", "other"));
        assertThat(dry.status()).as(dry.http().body()).isEqualTo(200);
        assertThat(rest.post("/v1/windows?validateOnly=true", SUNDAY.replace("sunday-night", "other"))
                        .status())
                .isEqualTo(200);
        assertThat(rest.get("/v1/windows").json().at("/windows")).hasSize(1);
    }

    @Test
    void aNameMayHoldWhatPathsCannot() {
        fleet.hosts.add("h-9", "odd:drain/x", "web");
        Answer read = rest.get("/v1/hosts/odd%3Adrain%2Fx");
        assertThat(read.text("/facts/id")).isEqualTo("h-9");
        Answer drained = rest.post("/v1/hosts/odd%3Adrain%2Fx:drain", "");
        assertThat(drained.json().at("/drained").asBoolean()).isTrue();
        assertProblem(rest.get("/v1/hosts/%FF%FE"), 400, "INVALID_ARGUMENT", "UTF-8");
    }

    @Test
    void aBodyMaySayWhatThePathSaysAndNothingElse() {
        assertThat(rest.post("/v1/hosts/web-01:drain", "{\"name\": \"web-01\"}").status())
                .isEqualTo(200);
        assertProblem(
                rest.post("/v1/hosts/web-01:drain", "{\"name\": \"web-02\"}"),
                400,
                "INVALID_ARGUMENT",
                "name: \"web-02\" is not what the path says, \"web-01\"");
    }

    @Test
    void allThatIsWrongWithABodyIsToldAtOnceWithItsPlace() {
        Answer answer = rest.post("/v1/rollouts", """
                {"name": 7, "selektor": "true", "waves": "1", "approveBefore": [1, "x"], "soak": "15 minutes",
                 "params": {"a": {}}, "playbook": "p", "playbook": "q"}""");
        assertProblem(answer, 400, "INVALID_ARGUMENT", "body: is no JSON");
        answer = rest.post("/v1/rollouts", """
                {"name": "x", "selektor": "true", "waves": 1, "approveBefore": [1, "x"], "soak": "15 minutes",
                 "params": [], "never_together": "a", "neverTogether": "b"}""");
        assertProblem(answer, 400, "INVALID_ARGUMENT", "selektor: is no field of RolloutSpec");
        assertThat(answer.text("/detail").lines())
                .hasSize(6)
                .anyMatch(line -> line.startsWith("waves: 1 is not an array"))
                .anyMatch(line -> line.startsWith("approveBefore: [1,\"x\"] is not an array"))
                .anyMatch(line -> line.startsWith("soak: \"15 minutes\" is not a span of time in seconds"))
                .anyMatch(line -> line.startsWith("params: [] is not an object"))
                .anyMatch(line -> line.startsWith("neverTogether: is given twice"));
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertProblem(rest.post("/v1/windows", "{\"name\": "), 400, "INVALID_ARGUMENT", "line 1");
        assertProblem(rest.post("/v1/windows", "[]"), 400, "INVALID_ARGUMENT", "body: [] is not an object");
        assertProblem(rest.post("/v1/windows", "{} {}"), 400, "INVALID_ARGUMENT", "body: is no JSON");
        assertProblem(
                rest.send(rest.request("/v1/windows")
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xC3, '(', '"', '}'}))),
                400,
                "INVALID_ARGUMENT",
                "body: is not UTF-8");
        assertProblem(rest.post("/v1/windows", "[".repeat(100_000)), 400, "INVALID_ARGUMENT", "body: is no JSON");
    }

    @Test
    void whatIsWrongWithAQueryIsTold() {
        assertProblem(rest.get("/v1/hosts?filtre=x"), 400, "INVALID_ARGUMENT", "filtre: is no parameter of this call");
        assertProblem(rest.get("/v1/runs?limit=x&limit=y"), 400, "INVALID_ARGUMENT", "limit: is given 2 times");
        assertProblem(rest.get("/v1/runs?limit=x"), 400, "INVALID_ARGUMENT", "limit: \"x\" is not a whole number");
        assertProblem(rest.get("/v1/hosts?filter=%ff"), 400, "INVALID_ARGUMENT", "query: is not UTF-8");
        assertProblem(rest.get("/v1/hosts/web-01?name=web-02"), 400, "INVALID_ARGUMENT", "is in the path already");
        assertProblem(rest.post("/v1/windows?window.name=y", SUNDAY), 400, "INVALID_ARGUMENT", "belongs into the body");
        assertProblem(rest.post("/v1/tokens?uses=3", "{}"), 400, "INVALID_ARGUMENT", "this call takes no query");
        assertProblem(
                rest.send(rest.json("GET", "/v1/hosts", "{}")), 400, "INVALID_ARGUMENT", "body: this call takes none");
        assertProblem(rest.get("/v1/hosts?filter=host."), 400, "INVALID_ARGUMENT", "");
    }

    @Test
    void pathsAndVerbsThatThereAreNotAreTold() {
        assertProblem(rest.get("/v1/nothing"), 404, "NOT_FOUND", "nothing at this path");
        assertProblem(rest.get("/v1/hosts/a/b"), 404, "NOT_FOUND", "nothing at this path");
        assertProblem(rest.get("/v1/hosts/"), 404, "NOT_FOUND", "nothing at this path");
        Answer wrong = rest.send(rest.json("PUT", "/v1/windows", SUNDAY));
        assertProblem(wrong, 405, "UNIMPLEMENTED", "does not know PUT");
        assertThat(wrong.header("allow")).isEqualTo("GET, POST");
        wrong = rest.get("/v1/rollouts/web-nov:pause");
        assertProblem(wrong, 405, "UNIMPLEMENTED", "does not know GET");
        assertThat(wrong.header("allow")).isEqualTo("POST");
    }

    @Test
    void bodiesThatAreTooLargeOrNoJsonAreRefused() {
        assertProblem(
                rest.post("/v1/windows", "{\"name\": \"" + "x".repeat(3 * 1024 * 1024) + "\"}"),
                413,
                "INVALID_ARGUMENT",
                "larger than a request may be");
        Answer wrong = rest.send(rest.request("/v1/windows")
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("name=x")));
        assertProblem(wrong, 415, "INVALID_ARGUMENT", "application/x-www-form-urlencoded, not application/json");
        assertThat(wrong.header("accept")).isEqualTo("application/json");
        assertProblem(
                rest.send(rest.request("/v1/windows").POST(BodyPublishers.ofString(SUNDAY))),
                415,
                "INVALID_ARGUMENT",
                "not application/json");
    }

    @Test
    void nobodyComesInWithoutAToken() {
        for (String path : new String[] {"/v1/hosts", "/v1/runs/r-1/output"}) {
            Answer none = rest.send(rest.anonymous(path));
            assertProblem(none, 401, "UNAUTHENTICATED", "No token came with the call");
            assertThat(none.header("www-authenticate")).isEqualTo("Bearer realm=\"drydock\"");
        }
        assertProblem(
                rest.send(rest.anonymous("/v1/hosts").header("authorization", "Bearer x")),
                401,
                "UNAUTHENTICATED",
                "does not know the token");
    }

    @Test
    void everybodyMayReadTheDescription() {
        Answer json = rest.send(rest.anonymous("/v1/openapi.json"));
        assertThat(json.status()).isEqualTo(200);
        assertThat(json.text("/openapi")).isEqualTo("3.1.0");
        assertThat(json.text("/components/securitySchemes/bearer/scheme")).isEqualTo("bearer");
        Answer wrong = rest.send(rest.anonymous("/v1/openapi.yaml").DELETE());
        assertProblem(wrong, 405, "UNIMPLEMENTED", "");
    }

    @Test
    void insidesAreToldToNobody() {
        Answer failed = rest.post("/v1/rollouts:plan", "{\"name\": \"x\", \"playbook\": \"none\"}");
        assertThat(failed.http().body()).doesNotContain("secret insides").doesNotContain("Exception");
        fleet.server.store().close();
        Answer broken = rest.get("/v1/windows");
        assertThat(broken.status()).isIn(500, 503);
        assertThat(broken.http().body()).doesNotContain("Exception").doesNotContain("sql");
    }
}
