package dev.drydock.controller.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.drydock.controller.api.ApiServices;
import dev.drydock.proto.v1.OutputChunk;
import dev.drydock.proto.v1.RunServiceGrpc.RunServiceImplBase;
import dev.drydock.proto.v1.StreamOutputRequest;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a stream sends while it has nothing to say. */
final class HeartbeatTest {
    @Test
    void aSilentStreamIsKeptOpenByComments() throws Exception {
        CompletableFuture<StreamObserver<OutputChunk>> asked = new CompletableFuture<>();
        RunServiceImplBase silent = new RunServiceImplBase() {
            @Override
            public void streamOutput(StreamOutputRequest request, StreamObserver<OutputChunk> call) {
                asked.complete(call);
            }
        };
        ServerBuilder builder = Server.builder().http(0);
        Rest.addTo(builder, new ApiServices(List.of(silent.bindService())), Duration.ofMillis(5));
        try (Server server = builder.build();
                HttpClient http = HttpClient.newHttpClient()) {
            server.start().join();
            var response = http.send(
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + server.activeLocalPort() + "/v1/runs/r-1/output"))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (int i = 0; i < 3; i++) {
                    assertThat(lines.readLine()).isEqualTo(":");
                    assertThat(lines.readLine()).isEmpty();
                }
                // A failure that comes when something was sent is an event.
                asked.join().onError(new IllegalStateException("insides"));
                String line = lines.readLine();
                while (line.isEmpty() || line.equals(":")) {
                    line = lines.readLine();
                }
                assertThat(line).isEqualTo("event: error");
                assertThat(lines.readLine()).contains("\"status\":500").doesNotContain("insides");
            }
        }
    }
}
