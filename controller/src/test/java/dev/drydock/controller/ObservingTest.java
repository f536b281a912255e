package dev.drydock.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.controller.security.ServerNames;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole controller, as its operators see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ObservingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern API = Pattern.compile(" api=127\\.0\\.0\\.1:(\\d+) ");

    private Controller controller;
    private OperatorClient client;
    private String token;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("drydock");
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        controller = Controller.start(
                new ControllerOptions(data, anyPort, anyPort, ServerNames.of(List.of()), Duration.ofDays(30)));
        Matcher port = API.matcher(controller.readyLine());
        assertThat(port.find()).as(controller.readyLine()).isTrue();
        client = new OperatorClient(data.resolve("ca.crt"), Integer.parseInt(port.group(1)));
        token = Files.readString(data.resolve("admin.token")).strip();
    }

    @AfterAll
    void stop() {
        client.close();
        controller.close();
    }

    private Exposition metrics() throws Exception {
        assertThat(client.get("/v1/version", Optional.of(token)).statusCode()).isEqualTo(200);
        HttpResponse<String> answer = client.get("/metrics", Optional.of(token));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("text/plain").contains("version=0.0.4"));
        return Exposition.of(answer.body());
    }

    @Test
    void metricsAreForUsersAlone() throws Exception {
        HttpResponse<String> nobody = client.get("/metrics", Optional.empty());
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(nobody.body()).doesNotContain("drydock_");
        assertThat(client.get("/metrics", Optional.of(token + "x")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void theDocumentedMetricsAreTheExposedOnes() throws Exception {
        assertThat(MetricDocs.documented()).isEqualTo(MetricDocs.families(metrics()));
    }

    @Test
    void dashboardAndAlertsAskForWhatIsThere() throws Exception {
        Exposition exposed = metrics();
        assertThat(exposed.names()).containsAll(MetricDocs.askedForByTheDashboard());
        assertThat(exposed.names()).containsAll(MetricDocs.askedForByTheAlerts());
    }

    @Test
    void namesAndLabelsFollowPrometheus() throws Exception {
        Exposition exposed = metrics();
        exposed.types().forEach((name, type) -> {
            assertThat(name).matches("[a-z][a-z0-9_]*");
            assertThat(name.endsWith("_total")).as(name + " is a " + type).isEqualTo(type.equals("counter"));
            assertThat(name).as("base units").doesNotContainPattern("_(ms|millis|milliseconds|minutes|kb|mb)(_|$)");
        });
        assertThat(exposed.text()).doesNotContain("localhost", "127.0.0.1");
    }

    @Test
    void callsOfRestAreCountedAsTheMethodsThatTheyAre() throws Exception {
        assertThat(metrics().samples("drydock_api_calls_total"))
                .anyMatch(line ->
                        line.startsWith("drydock_api_calls_total{method=\"SystemService/GetVersion\",status=\"ok\"} "));
        assertThat(client.get("/v1/version", Optional.empty()).statusCode()).isEqualTo(401);
        assertThat(metrics().samples("drydock_api_calls_total"))
                .anyMatch(line -> line.startsWith(
                        "drydock_api_calls_total{method=\"SystemService/GetVersion\",status=\"unauthenticated\"} "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz"})
    void healthIsForAnybodyAndSaysNoMoreThanItMust(String path) throws Exception {
        HttpResponse<String> brief = client.get(path, Optional.empty());
        assertThat(brief.statusCode()).isEqualTo(200);
        assertThat(brief.body()).isEqualTo("ok\n");
        assertThat(brief.headers().firstValue("cache-control")).contains("no-store");
        JsonNode verbose =
                JSON.readTree(client.get(path + "?verbose", Optional.empty()).body());
        assertThat(verbose.get("status").asText()).isEqualTo("ok");
        assertThat(verbose.get("checks")).isNotEmpty().allSatisfy(check -> {
            assertThat(check.fieldNames()).toIterable().containsExactly("name", "status");
            assertThat(check.get("status").asText()).isEqualTo("ok");
        });
        assertThat(client.send("HEAD", path, Optional.empty()).statusCode()).isEqualTo(200);
        assertThat(client.send("POST", path, Optional.empty()).statusCode()).isEqualTo(405);
    }
}
