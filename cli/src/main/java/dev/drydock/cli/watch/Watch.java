package dev.drydock.cli.watch;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.Environment;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.OutputFormat;
import dev.drydock.cli.output.States;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutUpdate;
import dev.drydock.proto.v1.WatchRolloutRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows a rollout to its end, over restarts of the controller too: once something has been seen, a lost connection is tried
 * again every second for ten minutes.
 */
public final class Watch {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int TRIES = 600;

    private final App app;
    private final Output output;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

    /** @throws CliException where the output format is not one that can be watched in */
    public Watch(App app) {
        this.app = app;
        this.output = app.output();
        if (output.format() == OutputFormat.YAML || output.format() == OutputFormat.CSV) {
            throw CliException.usage(
                    "A rollout cannot be watched as " + output.format() + ".", "Take --output json, or none.");
        }
    }

    /** What comes from the stream's thread. */
    private sealed interface Signal {
        record Update(RolloutUpdate update) implements Signal {}

        record Closed(Status status) implements Signal {}
    }

    /** Shows the rollout until it ends; returns the exit code that says how. */
    public int until(String name) {
        Audience audience = audience(name);
        Thread leaving = Thread.ofPlatform().unstarted(audience::left);
        Runtime.getRuntime().addShutdownHook(leaving);
        try {
            return follow(name, audience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failed("Interrupted.", "Watch it again with: drydock rollout watch " + name);
        } finally {
            audience.close();
            try {
                Runtime.getRuntime().removeShutdownHook(leaving);
            } catch (IllegalStateException e) {
                // The process is ending: the hook is running and says so.
                Thread.yield();
            }
        }
    }

    private Audience audience(String name) {
        Environment environment = app.environment();
        String again = "drydock rollout watch " + name;
        if (output.quiet()) {
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            return new PipeAudience(nowhere, environment.err(), output.times(), again);
        }
        if (output.format() == OutputFormat.JSON) {
            return new JsonAudience(environment.out(), environment.err());
        }
        return environment.terminal().output()
                ? new LiveAudience(environment.out(), environment.terminal(), output.paint(), output.times(), again)
                : new PipeAudience(environment.out(), environment.err(), output.times(), again);
    }

    private int follow(String name, Audience audience) throws InterruptedException {
        Optional<Rollout> last = Optional.empty();
        int failedTries = 0;
        boolean connected = connect(name);
        while (true) {
            switch (next()) {
                case Signal.Update(RolloutUpdate update) -> {
                    failedTries = 0;
                    last = Optional.of(update.getRollout());
                    audience.update(update);
                    if (States.ended(update.getRollout().getState())) {
                        audience.ended();
                        return exitCode(update.getRollout());
                    }
                }
                case Signal.Closed(Status status) -> {
                    boolean hopeless = last.isEmpty() || !transientFault(status) || ++failedTries > TRIES;
                    if (hopeless) {
                        throw status.isOk() ? endedEarly(name) : new StatusRuntimeException(status);
                    }
                    if (failedTries == 1) {
                        audience.trouble("The controller cannot be reached; the rollout goes on, trying again.");
                    }
                    connected = false;
                }
                case null -> {
                    if (!connected) {
                        app.api().connectAnew();
                        connected = connect(name);
                    }
                    audience.tick();
                }
            }
        }
    }

    private @Nullable Signal next() throws InterruptedException {
        return signals.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** All but a clear answer: a controller that stops ends its calls in more ways than one. */
    private static boolean transientFault(Status status) {
        return switch (status.getCode()) {
            case NOT_FOUND, INVALID_ARGUMENT, FAILED_PRECONDITION, UNIMPLEMENTED, UNAUTHENTICATED, PERMISSION_DENIED ->
                false;
            default -> true;
        };
    }

    private static CliException endedEarly(String name) {
        return CliException.failed(
                "The controller ended the watch of " + name + " before the rollout ended.",
                "Watch it again with: drydock rollout watch " + name);
    }

    private boolean connect(String name) {
        WatchRolloutRequest request =
                WatchRolloutRequest.newBuilder().setName(name).build();
        app.api().watching().watchRollout(request, new StreamObserver<>() {
            @Override
            public void onNext(RolloutUpdate update) {
                signals.add(new Signal.Update(update));
            }

            @Override
            public void onError(Throwable failure) {
                signals.add(new Signal.Closed(Status.fromThrowable(failure)));
            }

            @Override
            public void onCompleted() {
                signals.add(new Signal.Closed(Status.OK));
            }
        });
        return true;
    }

    /** 0 completed, 4 completed but some hosts failed, 1 stopped or aborted. */
    static int exitCode(Rollout rollout) {
        return switch (rollout.getState()) {
            case COMPLETED -> ExitCode.DONE;
            case COMPLETED_WITH_FAILURES -> ExitCode.PARTLY_FAILED;
            default -> ExitCode.FAILED;
        };
    }
}
