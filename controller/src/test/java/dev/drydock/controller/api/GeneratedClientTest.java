package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.restclient.ApiClient;
import dev.drydock.restclient.ApiException;
import dev.drydock.restclient.api.HostServiceApi;
import dev.drydock.restclient.api.RolloutServiceApi;
import dev.drydock.restclient.api.RunServiceApi;
import dev.drydock.restclient.api.WindowServiceApi;
import dev.drydock.restclient.model.AgentRunState;
import dev.drydock.restclient.model.DrainHostRequest;
import dev.drydock.restclient.model.HostState;
import dev.drydock.restclient.model.ListHostsResponse;
import dev.drydock.restclient.model.Problem;
import dev.drydock.restclient.model.Rollout;
import dev.drydock.restclient.model.RolloutState;
import dev.drydock.restclient.model.Window;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that was generated from docs/openapi.json speaks with the real server. */
final class GeneratedClientTest {
    @TempDir
    Path directory;

    private RestFleet fleet;
    private ApiClient client;

    @BeforeEach
    void start() throws Exception {
        fleet = new RestFleet(directory);
        client = client("Bearer " + fleet.server.token());
    }

    private ApiClient client(String authorization) {
        ApiClient made = new ApiClient();
        made.updateBaseUri("https://127.0.0.1:" + fleet.server.port());
        made.setHttpClientBuilder(HttpClient.newBuilder().sslContext(RestClient.trusting(directory.resolve("ca.crt"))));
        made.setRequestInterceptor(request -> request.header("Authorization", authorization));
        return made;
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    @Test
    void hostsAreListedAndDrained() throws ApiException {
        HostServiceApi hosts = new HostServiceApi(client);
        assertThat(hosts.getHost("web-02", null).getFacts().getLabels()).containsEntry("role", "web");
        ListHostsResponse page =
                hosts.listHosts("host.labels.role == \"web\"", 2, null, "facts.name", HostState.HOST_STATE_UNSPECIFIED);
        assertThat(page.getHosts()).hasSize(2);
        assertThat(page.getNextPageToken()).isNotEmpty();
        assertThat(hosts.drainHost("web-02", new DrainHostRequest()).getDrained())
                .isTrue();
    }

    @Test
    void aWindowComesAndGoes() throws ApiException {
        WindowServiceApi windows = new WindowServiceApi(client);
        Window sunday = new Window()
                .name("sunday-night")
                .rrule("FREQ=WEEKLY;BYDAY=SU")
                .start("2026-11-29T02:00")
                .zone("Asia/Tokyo")
                .duration("10800s")
                .cutoff("2700s");
        Window made = windows.createWindow(null, null, null, sunday);
        assertThat(made.getDuration()).isEqualTo("10800s");
        assertThat(windows.getWindow("sunday-night")).isEqualTo(made);
        assertThat(windows.listWindows(null, null, null).getWindows()).containsExactly(made);
        assertThat(windows.nextOpenings("sunday-night", 2).getOpenings()).hasSize(2);
        assertThat(windows.deleteWindow("sunday-night", null)).isNotNull();
        ApiException gone = catchThrowableOfType(ApiException.class, () -> windows.getWindow("sunday-night"));
        assertThat(gone.getCode()).isEqualTo(404);
    }

    @Test
    void aRolloutAndARunAreRead() throws ApiException {
        Rollout rollout = new RolloutServiceApi(client).getRollout("web-nov", null);
        assertThat(rollout.getState()).isEqualTo(RolloutState.RUNNING);
        assertThat(rollout.getCreatedAt().toInstant()).isEqualTo(FakeHosts.NOON.minusSeconds(60));
        assertThat(rollout.getWaves()).hasSize(2);
        assertThat(rollout.getWaves().getFirst().getHosts().getFirst().getState())
                .isEqualTo(AgentRunState.RUNNING);
        assertThat(new RunServiceApi(client).getRun("r-1", null).getId()).isEqualTo("r-1");
    }

    @Test
    void failuresAreProblems() throws Exception {
        WindowServiceApi windows = new WindowServiceApi(client);
        ApiException failure = catchThrowableOfType(
                ApiException.class, () -> windows.createWindow(null, null, null, new Window().name("x")));
        assertThat(failure.getCode()).isEqualTo(400);
        Problem problem = new ObjectMapper().readValue(failure.getResponseBody(), Problem.class);
        assertThat(problem.getReason()).isEqualTo(Problem.ReasonEnum.INVALID_ARGUMENT);
        assertThat(problem.getDetail()).contains("zone");
        assertThat(problem.getDetails()).isEqualTo(List.of());

        RunServiceApi nobody = new RunServiceApi(client("Bearer x"));
        assertThat(catchThrowableOfType(ApiException.class, () -> nobody.getRun("r-1", null))
                        .getCode())
                .isEqualTo(401);
    }
}
