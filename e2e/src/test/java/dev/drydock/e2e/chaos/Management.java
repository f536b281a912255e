package dev.drydock.e2e.chaos;

import com.google.protobuf.Duration;
import dev.drydock.cli.client.Api;
import dev.drydock.cli.client.Target;
import dev.drydock.cli.client.TlsChannels;
import dev.drydock.e2e.fleet.Controller;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.CreateRolloutRequest;
import dev.drydock.proto.v1.CreateWindowRequest;
import dev.drydock.proto.v1.GetRunRequest;
import dev.drydock.proto.v1.ListRunsRequest;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.Run;
import dev.drydock.proto.v1.Window;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/**
 * The controller as a program that asks it often sees it: one connection, and every call is repeated while the controller is
 * away. Thread-safe.
 */
final class Management implements AutoCloseable {
    private static final java.time.Duration AWAY = java.time.Duration.ofSeconds(60);
    private static final Set<RunState> ENDED = Set.of(
            RunState.SUCCEEDED,
            RunState.ROLLED_BACK,
            RunState.ROLLBACK_FAILED,
            RunState.REFUSED,
            RunState.EXPIRED,
            RunState.DEFERRED,
            RunState.CANCELLED);

    private final Api api;

    Management(Controller controller) {
        String[] address = controller.apiAddress().split(":", 2);
        try {
            String token =
                    Files.readString(controller.data().resolve("admin.token")).strip();
            Target target = new Target(
                    "chaos",
                    address[0],
                    Integer.parseInt(address[1]),
                    controller.data().resolve("ca.crt"),
                    token);
            api = new Api(new TlsChannels().open(target), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T call(Supplier<T> call) {
        return Awaitility.await("an answer of the controller")
                .atMost(AWAY)
                .pollInterval(java.time.Duration.ofMillis(200))
                .until(() -> answer(call), Optional::isPresent)
                .orElseThrow();
    }

    private <T> Optional<T> answer(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
                throw e;
            }
            api.connectAnew();
            return Optional.empty();
        }
    }

    /** A window that is open from this minute on. */
    void openWindow(String name, java.time.Duration duration) {
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        Window window = Window.newBuilder()
                .setName(name)
                .setStart(now.toString())
                .setZone("UTC")
                .setDuration(Duration.newBuilder().setSeconds(duration.toSeconds()))
                .build();
        call(() -> api.windows()
                .createWindow(CreateWindowRequest.newBuilder().setWindow(window).build()));
    }

    /** Idempotent by its name, so that it may be repeated. */
    void startRollout(String name, String playbook, String host, String window) {
        RolloutSpec spec = RolloutSpec.newBuilder()
                .setName(name)
                .setPlaybook(playbook)
                .setSelector("host.name == \"" + host + "\"")
                .setWindow(window)
                .build();
        call(() -> api.rollouts()
                .createRollout(CreateRolloutRequest.newBuilder().setSpec(spec).build()));
    }

    /** All runs of a rollout, without their steps. */
    List<Run> runs(String rollout) {
        return call(() -> api.runs()
                        .listRuns(
                                ListRunsRequest.newBuilder().setRollout(rollout).build()))
                .getRunsList();
    }

    static boolean ended(Run run) {
        return ENDED.contains(run.getState());
    }

    Run run(String id) {
        return call(() -> api.runs().getRun(GetRunRequest.newBuilder().setId(id).build()));
    }

    @Override
    public void close() {
        api.close();
    }
}
