package dev.drydock.controller.api;

import dev.drydock.controller.simulation.InvalidScenarioException;
import dev.drydock.controller.simulation.Scenario;
import dev.drydock.controller.simulation.Simulation;
import dev.drydock.controller.simulation.SimulationResult;
import dev.drydock.proto.v1.SimulateRequest;
import dev.drydock.proto.v1.SimulateUpdate;
import dev.drydock.proto.v1.SimulationServiceGrpc.SimulationServiceImplBase;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Simulations: one at a time, on a thread of its own that gives way to all others. */
public final class SimulationService extends SimulationServiceImplBase {
    private final OpenStreams streams;
    private final AtomicBoolean busy = new AtomicBoolean();

    public SimulationService(OpenStreams streams) {
        this.streams = streams;
    }

    @Override
    public void simulate(SimulateRequest request, StreamObserver<SimulateUpdate> call) {
        try {
            List<String> problems = new ArrayList<>();
            Scenario scenario = scenario(request, problems);
            if (!busy.compareAndSet(false, true)) {
                throw Status.RESOURCE_EXHAUSTED
                        .withDescription("Another simulation is running. Try again when it is done.")
                        .asRuntimeException();
            }
            Running running = new Running(scenario, request, (ServerCallStreamObserver<SimulateUpdate>) call);
            streams.add(running);
            Thread thread = Thread.ofPlatform().name("simulation").daemon().unstarted(running);
            thread.setPriority(Thread.MIN_PRIORITY);
            thread.start();
        } catch (Exception e) {
            call.onError(e);
        }
    }

    private static Scenario scenario(SimulateRequest request, List<String> problems) {
        var draft = SimulationMapper.draft(request.getScenario(), problems);
        try {
            Scenario scenario = draft.validate();
            if (problems.isEmpty()) {
                return scenario;
            }
        } catch (InvalidScenarioException e) {
            problems.addAll(e.problems());
        }
        throw Refusals.invalid(problems);
    }

    private final class Running implements OpenStream, Runnable {
        private final Scenario scenario;
        private final SimulateRequest request;
        private final ServerCallStreamObserver<SimulateUpdate> call;
        private final SimulationMapper.Ahead ahead;
        private volatile boolean stopping;

        Running(Scenario scenario, SimulateRequest request, ServerCallStreamObserver<SimulateUpdate> call) {
            this.scenario = scenario;
            this.request = request;
            this.call = call;
            this.ahead = new SimulationMapper.Ahead(scenario);
        }

        @Override
        public void run() {
            try {
                SimulationResult result = Simulation.of(scenario, at -> {
                    if (stopping || call.isCancelled()) {
                        throw new CancellationException();
                    }
                    ahead.reached(at).ifPresent(call::onNext);
                });
                done();
                call.onNext(SimulateUpdate.newBuilder()
                        .setResult(SimulationMapper.message(result, request.getScenario()))
                        .build());
                call.onCompleted();
            } catch (CancellationException e) {
                done();
                call.onError(
                        stopping ? OpenStreams.STOPPING.asRuntimeException() : Status.CANCELLED.asRuntimeException());
            } catch (RuntimeException | Error e) {
                done();
                call.onError(e);
            }
        }

        /** Before the last message, so that whoever has it can ask for the next. */
        private void done() {
            busy.set(false);
            streams.remove(this);
        }

        @Override
        public void wake() {}

        @Override
        public void stop() {
            stopping = true;
        }
    }
}
