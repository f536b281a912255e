package dev.drydock.controller.web.page;

import dev.drydock.controller.web.http.Paths;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.proto.agent.v1.StepTransition;
import dev.drydock.proto.v1.CancelRunRequest;
import dev.drydock.proto.v1.GetRunRequest;
import dev.drydock.proto.v1.Run;
import dev.drydock.proto.v1.RunServiceGrpc;
import dev.drydock.proto.v1.RunServiceGrpc.RunServiceBlockingStub;
import java.util.List;

/** One run on one host: its steps, what it changed, how it went back, and what it wrote. */
public final class RunPage {
    public Reply show(Request request) {
        Run run = runs(request)
                .getRun(GetRunRequest.newBuilder().setId(request.path("id")).build());
        return Reply.page("run", "rollouts", run.getPlaybook() + " on " + run.getHost(), View.of(run));
    }

    public Reply cancel(Request request) {
        Run run = runs(request)
                .cancelRun(CancelRunRequest.newBuilder()
                        .setId(request.path("id"))
                        .setRollBack(request.checked("rollBack"))
                        .build());
        return new Reply.Seen(Paths.run(run.getId()));
    }

    private static RunServiceBlockingStub runs(Request request) {
        return request.api().calls(RunServiceGrpc::newBlockingStub);
    }

    public record View(
            Run run, List<StepTransition> preflight, List<StepTransition> steps, List<StepTransition> checks) {
        static View of(Run run) {
            return new View(
                    run,
                    of(run, StepTransition.Phase.PHASE_PREFLIGHT),
                    of(run, StepTransition.Phase.PHASE_STEPS),
                    of(run, StepTransition.Phase.PHASE_VERIFY));
        }

        private static List<StepTransition> of(Run run, StepTransition.Phase phase) {
            return run.getStepsList().stream()
                    .filter(step -> step.getPhase() == phase)
                    .toList();
        }

        public boolean over() {
            return run.hasEndedAt();
        }
    }
}
