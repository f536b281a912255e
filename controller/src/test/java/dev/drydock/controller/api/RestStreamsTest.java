package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.controller.api.RestClient.Answer;
import dev.drydock.controller.rollout.RolloutState;
import dev.drydock.controller.rollout.TimedNote;
import dev.drydock.controller.security.Sha256;
import dev.drydock.proto.agent.v1.RunState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams over real HTTPS: server-sent events, and the upload of artifacts. */
final class RestStreamsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

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

    /** As EventSource reads them. */
    private static final class Events implements AutoCloseable {
        private final HttpResponse<InputStream> response;
        private final BufferedReader lines;

        Events(HttpResponse<InputStream> response) {
            this.response = response;
            this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** Empty: it is over. */
        Optional<Event> next() throws IOException {
            String id = "";
            String name = "message";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && !data.isEmpty()) {
                    return Optional.of(new Event(id, name, JSON.readTree(data)));
                }
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                }
            }
            return Optional.empty();
        }

        @Override
        public void close() throws IOException {
            response.body().close();
        }
    }

    private record Event(String id, String name, JsonNode data) {}

    private Events open(String path) throws Exception {
        return open(path, "");
    }

    private Events open(String path, String lastEventId) throws Exception {
        var request = rest.request(path).header("accept", "text/event-stream");
        HttpResponse<InputStream> response =
                rest.stream(lastEventId.isEmpty() ? request : request.header("last-event-id", lastEventId));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        return new Events(response);
    }

    @Test
    void aRolloutIsWatchedUntilItEnds() throws Exception {
        try (Events events = open("/v1/rollouts/web-nov:watch")) {
            Event first = events.next().orElseThrow();
            assertThat(first.id()).isEqualTo("1");
            assertThat(first.name()).isEqualTo("message");
            assertThat(first.data().at("/rollout/state").asText()).isEqualTo("RUNNING");
            fleet.rollouts.happened(
                    Samples.rollout(RolloutState.COMPLETED, RunState.SUCCEEDED, ""),
                    List.of(new TimedNote(FakeHosts.NOON, "web-01", "patched\nand verified")));
            Event second = events.next().orElseThrow();
            assertThat(second.id()).isEqualTo("2");
            assertThat(second.data().at("/notes/0/text").asText()).isEqualTo("patched\nand verified");
            Event end = events.next().orElseThrow();
            assertThat(end.name()).isEqualTo("end");
            assertThat(events.next()).isEmpty();
        }
    }

    @Test
    void whatFailsAtOnceIsAPlainProblem() {
        Answer answer = rest.get("/v1/runs/r-9/output?follow=true");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.text("/detail")).contains("There is no run r-9");
        answer = rest.send(rest.request("/v1/runs/r-1/output").header("last-event-id", "x"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/detail")).contains("Last-Event-ID");
    }

    @Test
    void outputGoesOnWhereTheClientLeftIt() throws Exception {
        fleet.write("one\ntwo\n".getBytes(StandardCharsets.UTF_8), 0);
        try (Events events = open("/v1/runs/r-1/output")) {
            Event all = events.next().orElseThrow();
            assertThat(all.id()).isEqualTo("8");
            assertThat(text(all)).isEqualTo("one\ntwo\n");
            assertThat(events.next().orElseThrow().name()).isEqualTo("end");
        }
        for (Events events : List.of(open("/v1/runs/r-1/output", "4"), open("/v1/runs/r-1/output?offset=4"))) {
            try (events) {
                Event rest = events.next().orElseThrow();
                assertThat(text(rest)).isEqualTo("two\n");
                assertThat(rest.data().at("/offset").asText()).isEqualTo("4");
            }
        }
        assertThat(rest.get("/v1/runs/r-1/output?offset=-1").status()).isEqualTo(400);
    }

    private static String text(Event event) {
        return new String(Base64.getDecoder().decode(event.data().at("/data").asText()), StandardCharsets.UTF_8);
    }

    @Test
    void theEndOfTheControllerIsAnErrorOfTheStream() throws Exception {
        try (Events events = open("/v1/rollouts/web-nov:watch")) {
            assertThat(events.next()).isPresent();
            Thread stopping = Thread.ofVirtual().start(fleet.server::stop);
            Event error = events.next().orElseThrow();
            assertThat(error.name()).isEqualTo("error");
            assertThat(error.data().at("/status").asInt()).isEqualTo(503);
            assertThat(error.data().at("/reason").asText()).isEqualTo("UNAVAILABLE");
            assertThat(events.next()).isEmpty();
            stopping.join();
        }
    }

    @Test
    void aClientThatGoesAwayIsForgotten() throws Exception {
        try (Events events = open("/v1/rollouts/web-nov:watch")) {
            assertThat(events.next()).isPresent();
            assertThat(fleet.rollouts.listeners).hasSize(1);
        }
        await().untilAsserted(() -> assertThat(fleet.rollouts.listeners).isEmpty());
    }

    @Test
    void whoReadsSlowlyHoldsNobodyUp() throws Exception {
        byte[] much = new byte[16 * 1024 * 1024];
        new Random(7).nextBytes(much);
        fleet.write(much, 0);
        try (Events slow = open("/v1/runs/r-1/output")) {
            assertThat(slow.next()).isPresent();
            assertThat(rest.get("/v1/hosts").status()).isEqualTo(200);
            try (Events fast = open("/v1/runs/r-1/output")) {
                assertThat(sizeOfRest(fast)).isEqualTo(much.length);
            }
            assertThat(sizeOfRest(slow)).isLessThan(much.length).isPositive();
        }
    }

    private static long sizeOfRest(Events events) throws IOException {
        long size = 0;
        for (Optional<Event> event = events.next(); event.isPresent(); event = events.next()) {
            if (event.get().name().equals("end")) {
                return size;
            }
            size += Base64.getDecoder().decode(event.get().data().at("/data").asText()).length;
        }
        throw new AssertionError("the stream was cut");
    }

    @Test
    void anArtifactIsUploaded() {
        byte[] content = new byte[5_000_000];
        new Random(7).nextBytes(content);
        String digest = "sha256:" + HexFormat.of().formatHex(Sha256.of(content));
        Answer pushed = upload(digest, content);
        assertThat(pushed.status()).as(pushed.http().body()).isEqualTo(200);
        assertThat(pushed.text("/digest")).isEqualTo(digest);
        assertThat(pushed.text("/size")).isEqualTo("5000000");
        assertThat(rest.get("/v1/artifacts/" + digest).json()).isEqualTo(pushed.json());
        // Known already: the content is dropped.
        assertThat(upload(digest, content).json()).isEqualTo(pushed.json());
    }

    @Test
    void whatIsNoArtifactLeavesNothing() throws Exception {
        byte[] content = "not that".getBytes(StandardCharsets.UTF_8);
        Answer other = upload("sha256:" + "0".repeat(64), content);
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.text("/reason")).isEqualTo("INVALID_ARGUMENT");
        assertThat(upload("x", content).status()).isEqualTo(400);
        Answer large = upload("sha256:" + "0".repeat(64), new byte[(int) RestFleet.LARGEST_ARTIFACT + 1]);
        assertThat(large.status()).as(large.http().body()).isEqualTo(400);
        assertThat(rest.post("/v1/artifacts?name=x", "{}").status()).isEqualTo(415);
        Answer unknown = rest.send(rest.request("/v1/artifacts?nom=x")
                .header("content-type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(content)));
        assertThat(unknown.text("/detail")).contains("nom: is no parameter");
        Answer nobody = rest.send(rest.anonymous("/v1/artifacts?name=x&digest=sha256:" + "0".repeat(64))
                .header("content-type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(content)));
        assertThat(nobody.status()).isEqualTo(401);
        Answer endless = rest.send(rest.request("/v1/artifacts?name=x&digest=sha256:" + "0".repeat(64))
                .header("content-type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArrays(new ArrayList<>(List.of(content)))));
        assertThat(endless.status()).isEqualTo(411);
        assertThat(rest.get("/v1/artifacts").json().at("/artifacts")).isEmpty();
        try (var left = Files.walk(directory.resolve("artifacts"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private Answer upload(String digest, byte[] content) {
        return rest.send(rest.request("/v1/artifacts?name=mirror.zip&digest=" + digest)
                .header("content-type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(content)));
    }
}
