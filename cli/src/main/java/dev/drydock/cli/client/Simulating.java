package dev.drydock.cli.client;

import dev.drydock.cli.CliException;
import dev.drydock.proto.v1.Scenario;
import dev.drydock.proto.v1.SimulateRequest;
import dev.drydock.proto.v1.SimulateUpdate;
import dev.drydock.proto.v1.SimulationProgress;
import dev.drydock.proto.v1.SimulationResult;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Has the controller simulate, and waits for what comes of it. */
public final class Simulating {
    private final Api api;

    public Simulating(Api api) {
        this.api = api;
    }

    /**
     * @param placed gives the controller's problems with the scenario the places that they are about
     * @throws CliException the controller refuses the scenario
     * @throws StatusRuntimeException anything else that went wrong
     */
    public SimulationResult simulate(
            Scenario scenario, Consumer<SimulationProgress> progress, UnaryOperator<String> placed) {
        try {
            Iterator<SimulateUpdate> updates = api.simulations()
                    .simulate(SimulateRequest.newBuilder().setScenario(scenario).build());
            Optional<SimulationResult> result = Optional.empty();
            while (updates.hasNext()) {
                SimulateUpdate update = updates.next();
                if (update.hasProgress()) {
                    progress.accept(update.getProgress());
                } else if (update.hasResult()) {
                    result = Optional.of(update.getResult());
                }
            }
            return result.orElseThrow(() -> CliException.failed(
                    "The controller ended the simulation without a result.", "Its log may say more."));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT) {
                throw CliException.usage(
                        placed.apply(Optional.ofNullable(e.getStatus().getDescription())
                                .orElse("")),
                        "See docs/simulate.md for what the file holds.");
            }
            throw e;
        }
    }
}
