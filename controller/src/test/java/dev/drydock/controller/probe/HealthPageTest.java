package dev.drydock.controller.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import dev.drydock.controller.health.Check;
import dev.drydock.controller.health.Health;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.TestStores;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real store behind a real server. */
final class HealthPageTest {
    private static final Duration STUCK = Duration.ofMillis(20);

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private SqlStore store;
    private Health ready;
    private Health live;
    private Server server;

    @BeforeEach
    void start() {
        store = TestStores.open(directory.resolve("drydock.db"));
        ready = new Health(
                List.of(new Check("store", () -> store.probe().join())), Duration.ofMillis(500), System::nanoTime);
        live = new Health(
                List.of(new Check("writer", () -> store.alive(STUCK))), Duration.ofSeconds(20), System::nanoTime);
        server = Server.builder()
                .port(new InetSocketAddress("127.0.0.1", 0), SessionProtocol.HTTP)
                .service("/readyz", new HealthPage(ready))
                .service("/healthz", new HealthPage(live))
                .build();
        server.start().join();
    }

    @AfterEach
    void stop() {
        stuck.countDown();
        Thread.ofVirtual().start(server::stop);
        client.shutdownNow();
        store.close();
        ready.close();
        live.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.activeLocalPort() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void stick() {
        var unused = store.write(handle -> {
            try {
                return stuck.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aStoreThatIsStuckIsNotReady() throws Exception {
        stick();
        HttpResponse<String> answer = get("/readyz?verbose");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo("{\"status\":\"failing\",\"checks\":[{\"name\":\"store\",\"status\":\"failing\"}]}\n");
        assertThat(get("/readyz").body()).isEqualTo("failing\n");
        stuck.countDown();
        await().untilAsserted(() -> assertThat(get("/readyz").statusCode()).isEqualTo(200));
    }

    @Test
    void aStoreThatIsClosedIsNotReady() throws Exception {
        store.close();
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
    }

    @Test
    void aWriterThatIsStuckOrGoneIsNotAlive() throws Exception {
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        stick();
        await().untilAsserted(() -> assertThat(get("/healthz").statusCode()).isEqualTo(503));
        stuck.countDown();
        await().untilAsserted(() -> assertThat(get("/healthz").statusCode()).isEqualTo(200));
        store.close();
        await().untilAsserted(() -> assertThat(get("/healthz").statusCode()).isEqualTo(503));
    }

    @Test
    void theCheckOfTheStoreIsARealWrite() {
        int before = version();
        assertThat(store.probe().join()).isTrue();
        assertThat(version()).isEqualTo(before + 1);
    }

    private int version() {
        return store.read(handle ->
                handle.createQuery("PRAGMA user_version").mapTo(Integer.class).one());
    }
}
