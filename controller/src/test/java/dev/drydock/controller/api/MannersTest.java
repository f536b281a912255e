package dev.drydock.controller.api;

import static dev.drydock.controller.run.Runs.offered;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drydock.controller.api.RestClient.Answer;
import dev.drydock.controller.store.RunTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What all calls have in common: pages, filters, masks and idempotency keys. */
final class MannersTest {
    private static final String TOKEN = "{\"uses\": 3, \"ttl\": \"3600s\", \"labels\": {\"b\": \"2\", \"a\": \"1\"}}";

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

    private Answer ok(Answer answer) {
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
        return answer;
    }

    private void assertInvalid(Answer answer, String said) {
        assertThat(answer.status()).as(answer.http().body()).isEqualTo(400);
        assertThat(answer.text("/detail")).contains(said);
    }

    private static List<String> texts(JsonNode list, String pointer) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.at(pointer).asText()));
        return texts;
    }

    @Test
    void pagesStayWhereTheyAreWhenTheListChanges() {
        Answer first = ok(rest.get("/v1/hosts?pageSize=2"));
        assertThat(texts(first.json().at("/hosts"), "/facts/name")).containsExactly("web-01", "web-02");
        String next = first.text("/nextPageToken");
        // One before it comes, and nothing comes twice.
        fleet.hosts.add("h-00", "web-00", "web");
        fleet.hosts.add("h-04", "web-04", "web");
        Answer second = ok(rest.get("/v1/hosts?pageSize=5&pageToken=" + next));
        assertThat(texts(second.json().at("/hosts"), "/facts/name")).containsExactly("web-03", "web-04");
        assertThat(second.text("/nextPageToken")).isEmpty();

        assertThat(ok(rest.get("/v1/hosts")).json().at("/hosts")).hasSize(5);
        assertInvalid(rest.get("/v1/hosts?pageSize=-1"), "page_size: -1 is not 0 or more");
        assertInvalid(rest.get("/v1/hosts?pageToken=" + next + "&filter=true"), "page_token: ");
        assertInvalid(rest.get("/v1/windows?pageToken=" + next), "page_token: ");
        assertInvalid(rest.get("/v1/hosts?pageToken=%21"), "page_token: ");
        assertInvalid(rest.get("/v1/runs?pageToken=AAAA"), "page_token: ");
    }

    @Test
    void runsHavePagesAndFilters() {
        fleet.server.store().writeNow(handle -> {
            for (int i = 2; i <= 5; i++) {
                RunTable.insert(handle, offered("r-" + i, i % 2 == 0 ? "h-02" : "h-01"));
            }
            return true;
        });
        List<String> ids = new ArrayList<>();
        String token = "";
        int calls = 0;
        do {
            Answer page = ok(rest.get("/v1/runs?pageSize=2&pageToken=" + token));
            ids.addAll(texts(page.json().at("/runs"), "/id"));
            token = page.text("/nextPageToken");
            calls++;
        } while (!token.isEmpty());
        assertThat(ids).containsExactly("r-5", "r-4", "r-3", "r-2", "r-1");
        assertThat(calls).isEqualTo(3);

        assertThat(texts(
                        ok(rest.get("/v1/runs?filter=run.host%3D%3D'web-02'"))
                                .json()
                                .at("/runs"),
                        "/id"))
                .containsExactly("r-4", "r-2");
        Answer one = ok(rest.get("/v1/runs?pageSize=1&filter=run.host%3D%3D'web-02'"));
        assertThat(texts(one.json().at("/runs"), "/id")).containsExactly("r-4");
        Answer other = ok(
                rest.get("/v1/runs?pageSize=1&filter=run.host%3D%3D'web-02'&pageToken=" + one.text("/nextPageToken")));
        assertThat(texts(other.json().at("/runs"), "/id")).containsExactly("r-2");
        assertThat(other.text("/nextPageToken")).isEmpty();
        assertThat(texts(ok(rest.get("/v1/runs?limit=2")).json().at("/runs"), "/id"))
                .containsExactly("r-5", "r-4");
    }

    @Test
    void rolloutsAndPlaybooksHaveFilters() {
        assertThat(ok(rest.get(
                                "/v1/rollouts?filter=rollout.state%3D%3DRolloutState.RUNNING%26%26rollout.spec.params.site"
                                        + "%3D%3D'/var/www'"))
                        .json()
                        .at("/rollouts"))
                .hasSize(1);
        assertThat(ok(rest.get("/v1/rollouts?filter=rollout.created_at%3Etimestamp('2027-01-01T00:00:00Z')"))
                        .json()
                        .at("/rollouts"))
                .isEmpty();
        assertThat(ok(rest.get("/v1/playbooks?filter=playbook.version%3E1"))
                        .json()
                        .at("/playbooks"))
                .isEmpty();
        assertInvalid(rest.get("/v1/rollouts?filter=rollout.nome"), "filter: line 1, column 8: undefined field 'nome'");
        assertInvalid(rest.get("/v1/rollouts?filter=rollout.id"), "filter: ");
        assertInvalid(rest.get("/v1/rollouts?filter=1/0%3D%3D1"), "filter: has no answer");
    }

    @Test
    void masksLeaveWhatTheyName() {
        Answer masked = ok(rest.get("/v1/hosts?readMask=facts.name,online&pageSize=1"));
        JsonNode host = masked.json().at("/hosts/0");
        assertThat(host.at("/facts/name").asText()).isEqualTo("web-01");
        assertThat(host.at("/online").asBoolean()).isTrue();
        assertThat(host.has("enrolledAt")).isFalse();
        assertThat(host.at("/facts").has("os")).isFalse();
        assertThat(masked.text("/nextPageToken")).isNotEmpty();

        Answer one = ok(rest.get("/v1/rollouts/web-nov?read_mask=createdBy"));
        assertThat(one.text("/createdBy")).isEqualTo("olga");
        assertThat(one.json().has("spec")).isFalse();
        assertInvalid(
                rest.get("/v1/rollouts?readMask=createdBy,waves.nome"),
                "read_mask: \"waves.nome\" is no field of Rollout");
        assertInvalid(rest.get("/v1/hosts/web-01?readMask=hosts"), "read_mask: \"hosts\" is no field of Host");
    }

    private Answer keyed(String key, String path, String body) {
        return rest.send(rest.json("POST", path, body).header("idempotency-key", key));
    }

    @Test
    void whatHoldsASecretIsDoneOnceAndRefusedThen() {
        Answer made = ok(keyed("k-1", "/v1/tokens", TOKEN));
        Answer again = keyed("k-1", "/v1/tokens", TOKEN);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("/reason")).isEqualTo("ALREADY_EXISTS");
        assertThat(again.text("/detail")).contains("made '" + made.text("/token/id") + "'");
        assertThat(rest.get("/v1/tokens").json().at("/tokens")).hasSize(1);
        assertThat(ok(keyed("k-2", "/v1/tokens", TOKEN)).text("/token/id")).isNotEqualTo(made.text("/token/id"));
        // Nothing of the secret is on record.
        List<String> kept = fleet.server.store().read(handle -> handle.createQuery(
                        "SELECT coalesce(made, '') || coalesce(hex(answer), '') FROM idempotency_keys")
                .mapTo(String.class)
                .list());
        assertThat(kept).hasSize(2).noneMatch(row -> row.contains(made.text("/secret")));
    }

    @Test
    void whatHoldsNoneIsAnsweredAgain() {
        Answer drained = ok(keyed("k-1", "/v1/hosts/web-01:drain", ""));
        ok(rest.post("/v1/hosts/web-01:drain", "{\"undo\": true}"));
        Answer again = ok(keyed("k-1", "/v1/hosts/web-01:drain", ""));
        assertThat(again.json()).isEqualTo(drained.json());
        assertThat(rest.get("/v1/hosts/web-01").json().at("/drained").asBoolean())
                .isFalse();
    }

    @Test
    void aKeyIsOfOneRequest() {
        ok(keyed("k-1", "/v1/hosts/web-01:drain", ""));
        assertInvalid(keyed("k-1", "/v1/hosts/web-02:drain", ""), "idempotency-key: was used at");
        assertInvalid(keyed("k-1", "/v1/tokens", TOKEN), "for another call");
        assertInvalid(keyed("x".repeat(129), "/v1/tokens", TOKEN), "idempotency-key: is not 1 to 128");
        // Of reads it says nothing.
        ok(rest.send(rest.request("/v1/hosts").header("idempotency-key", "k-1")));
    }

    @Test
    void whatNobodyKnowsTheOutcomeOfIsNotDoneAgain() {
        // As a controller leaves it that is killed while it serves the call.
        ok(keyed("k-1", "/v1/tokens", TOKEN));
        int rows = fleet.server.store().writeNow(handle -> handle.createUpdate(
                        "UPDATE idempotency_keys SET made = NULL, answer = NULL")
                .execute());
        assertThat(rows).isEqualTo(1);
        Answer again = keyed("k-1", "/v1/tokens", TOKEN);
        assertThat(again.text("/reason")).isEqualTo("ABORTED");
        assertThat(rest.get("/v1/tokens").json().at("/tokens")).hasSize(1);
    }

    @Test
    void whatWasRefusedMayBeTriedAgain() {
        assertThat(keyed("k-1", "/v1/hosts/web-09:drain", "").status()).isEqualTo(404);
        fleet.hosts.add("h-09", "web-09", "web");
        ok(keyed("k-1", "/v1/hosts/web-09:drain", ""));
    }
}
