package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.output.RunOutputFiles;
import dev.drydock.controller.rollout.Rollouts;
import dev.drydock.controller.run.RunDispatcher;
import dev.drydock.controller.run.RunLedger;
import dev.drydock.controller.run.RunStates;
import dev.drydock.controller.run.RunStore;
import dev.drydock.controller.run.UnknownRunException;
import dev.drydock.controller.security.Role;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.CancelRunRequest;
import dev.drydock.proto.v1.GetRunRequest;
import dev.drydock.proto.v1.ListRunsRequest;
import dev.drydock.proto.v1.ListRunsResponse;
import dev.drydock.proto.v1.OutputChunk;
import dev.drydock.proto.v1.Run;
import dev.drydock.proto.v1.RunServiceGrpc.RunServiceImplBase;
import dev.drydock.proto.v1.StreamOutputRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs: one playbook on one host. */
public final class RunService extends RunServiceImplBase {
    private static final int DEFAULT_LIMIT = 50;

    private final RunStore runs;
    private final RunLedger ledger;
    private final RunDispatcher dispatcher;
    private final RunOutputFiles output;
    private final HostDirectory hosts;
    private final Rollouts rollouts;
    private final OpenStreams streams;

    public RunService(
            RunStore runs,
            RunLedger ledger,
            RunDispatcher dispatcher,
            RunOutputFiles output,
            HostDirectory hosts,
            Rollouts rollouts,
            OpenStreams streams) {
        this.runs = runs;
        this.ledger = ledger;
        this.dispatcher = dispatcher;
        this.output = output;
        this.hosts = hosts;
        this.rollouts = rollouts;
        this.streams = streams;
    }

    @Override
    public void getRun(GetRunRequest request, StreamObserver<Run> call) {
        Calls.answer(call, () -> {
            Sight sight = Sight.of(hosts);
            return whole(seen(request.getId(), sight), sight);
        });
    }

    @Override
    public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> call) {
        Calls.answer(call, () -> {
            int limit = request.getLimit() == 0 ? DEFAULT_LIMIT : request.getLimit();
            if (limit < 0 || limit > Pages.LARGEST) {
                throw Refusals.invalid(List.of("limit: " + limit + " is not between 1 and " + Pages.LARGEST));
            }
            Pages pages = Pages.of(
                    request.getPageSize(),
                    limit,
                    request.getPageToken(),
                    "runs",
                    request.getHost(),
                    request.getRollout(),
                    request.getFilter());
            Sight sight = Sight.of(hosts);
            return new RunPages(runs, new RunMapper(hosts, rollouts), run -> sight.sees(run.hostId()))
                    .list(host(request, sight), rollout(request, sight), request.getFilter(), pages);
        });
    }

    private Optional<String> rollout(ListRunsRequest request, Sight sight) {
        return Optional.of(request.getRollout())
                .filter(name -> !name.isEmpty())
                .map(name ->
                        new RolloutAccess(rollouts, hosts).seen(name, sight).id());
    }

    private static Optional<String> host(ListRunsRequest request, Sight sight) {
        return Optional.of(request.getHost()).filter(name -> !name.isEmpty()).map(name -> sight.host(name)
                .id());
    }

    /** What is asked of a run that has ended that way already is done. */
    @Override
    public void cancelRun(CancelRunRequest request, StreamObserver<Run> call) {
        Calls.answer(call, () -> {
            Sight sight = Sight.of(hosts);
            dev.drydock.controller.run.Run run = seen(request.getId(), sight);
            requireOperated(run, sight);
            RunState asked = request.getRollBack() ? RunState.ROLLED_BACK : RunState.CANCELLED;
            if (RunStates.ended(run.state())) {
                if (run.state() == asked) {
                    return whole(run, sight);
                }
                throw Refusals.refused("Run " + run.id() + " has ended already: "
                        + run.state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ".");
            }
            CancelRun.Mode mode =
                    request.getRollBack() ? CancelRun.Mode.MODE_ROLL_BACK : CancelRun.Mode.MODE_IF_NOT_STARTED;
            String reason = "cancelled by " + Caller.name();
            ledger.requestCancel(run.id(), mode, reason);
            dispatcher.cancel(run.hostId(), run.id(), mode, reason);
            return whole(seen(run.id(), sight), sight);
        });
    }

    @Override
    public void streamOutput(StreamOutputRequest request, StreamObserver<OutputChunk> call) {
        try {
            seen(request.getId(), Sight.of(hosts));
            if (request.getOffset() < 0) {
                throw Refusals.invalid(List.of("offset: " + request.getOffset() + " is not 0 or more"));
            }
        } catch (RuntimeException e) {
            call.onError(e);
            return;
        }
        OutputStreamer.open((ServerCallStreamObserver<OutputChunk>) call, streams, runs, output, request);
    }

    private Run whole(dev.drydock.controller.run.Run run, Sight sight) {
        return new RunMapper(hosts, rollouts)
                .whole(run, runs.events(run.id())).toBuilder()
                        .setSteerable(sight.may(Role.OPERATOR, run.hostId()))
                        .build();
    }

    private dev.drydock.controller.run.Run seen(String id, Sight sight) {
        return runs.find(id).filter(run -> sight.sees(run.hostId())).orElseThrow(() -> new UnknownRunException(id));
    }

    private static void requireOperated(dev.drydock.controller.run.Run run, Sight sight) {
        if (!sight.everywhere(Role.OPERATOR)) {
            sight.host(run.hostId(), Role.OPERATOR);
        }
    }
}
