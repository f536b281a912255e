package dev.drydock.controller.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.cluster.Standing;
import dev.drydock.controller.health.Check;
import dev.drydock.controller.health.Health;
import dev.drydock.controller.metrics.MemberMeters;
import dev.drydock.controller.metrics.Registry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MemberServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Standing standing = new Standing(System::nanoTime);
    private final Registry registry = new Registry("1.0");
    private final Health live = health(new Check("member", standing::alive));
    private final Health ready = health(new Check("member", standing::ready));
    private MemberServer server;

    private static Health health(Check check) {
        return new Health(List.of(check), Duration.ofSeconds(20), System::nanoTime);
    }

    @BeforeEach
    void start() throws Exception {
        MemberMeters.register(registry, standing);
        server = MemberServer.start(new InetSocketAddress("127.0.0.1", 0), live, ready, registry);
    }

    @AfterEach
    void stop() throws Exception {
        client.shutdownNow();
        server.close();
        live.close();
        ready.close();
        registry.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aFollowerAnswersForItselfAndNeedsNoToken() throws Exception {
        standing.follows(3, 5, true);
        assertThat(get("/healthz").body()).isEqualTo("ok\n");
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").body().lines())
                .contains("drydock_member_leads 0.0", "drydock_member_term 3.0", "drydock_member_agents 5.0")
                .anyMatch(line -> line.startsWith("drydock_member_unheard_seconds "))
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes"));
    }

    @Test
    void oneThatKnowsOfNoLeaderIsAliveButNotReady() throws Exception {
        standing.follows(0, 0, false);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz?verbose").body()).contains("\"name\":\"member\",\"status\":\"failing\"");
    }

    @Test
    void nothingElseIsThere() throws Exception {
        assertThat(get("/v1/hosts").statusCode()).isEqualTo(404);
        assertThat(get("/").statusCode()).isEqualTo(404);
    }

    @Test
    void saysThatAnAddressIsTaken() {
        assertThatThrownBy(() ->
                        MemberServer.start(new InetSocketAddress("127.0.0.1", server.port()), live, ready, registry))
                .isInstanceOf(IOException.class);
    }
}
