package dev.drydock.controller.web.page;

import com.google.protobuf.Duration;
import dev.drydock.controller.web.http.Paths;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.proto.v1.ApplyRolloutRequest;
import dev.drydock.proto.v1.ListPlaybooksRequest;
import dev.drydock.proto.v1.ListWindowsRequest;
import dev.drydock.proto.v1.PlanRolloutRequest;
import dev.drydock.proto.v1.Playbook;
import dev.drydock.proto.v1.PlaybookServiceGrpc;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutPreview;
import dev.drydock.proto.v1.RolloutServiceGrpc;
import dev.drydock.proto.v1.RolloutServiceGrpc.RolloutServiceBlockingStub;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.Window;
import dev.drydock.proto.v1.WindowServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A rollout before it is real: the form, its plan, and the word that makes it. */
public final class NewRolloutPage {
    /** As `rollout create` has it where nothing else is said. */
    private static final Duration SOAK = Duration.getDefaultInstance();

    public Reply form(Request request) {
        if (!request.may().operate()) {
            throw Status.PERMISSION_DENIED
                    .withDescription("To plan a rollout needs the role operator, which user "
                            + request.session().user() + " has for no host.")
                    .asRuntimeException();
        }
        return form(
                request,
                RolloutSpec.newBuilder()
                        .setPlaybook(request.query("playbook"))
                        .setSelector(request.query("hosts"))
                        .build(),
                "",
                200);
    }

    private static Reply form(Request request, RolloutSpec spec, String problem, int status) {
        List<Playbook> playbooks = request.api()
                .calls(PlaybookServiceGrpc::newBlockingStub)
                .listPlaybooks(ListPlaybooksRequest.getDefaultInstance())
                .getPlaybooksList();
        List<Window> windows = request.api()
                .calls(WindowServiceGrpc::newBlockingStub)
                .listWindows(ListWindowsRequest.getDefaultInstance())
                .getWindowsList();
        return new Reply.Page(
                status,
                "newRollout",
                "rollouts",
                "New rollout",
                Map.of("view", new Form(spec, String.join(", ", spec.getWavesList()), playbooks, windows, problem)));
    }

    /** Asks the hosts what would change, and shows it; nothing is changed. */
    public Reply plan(Request request) {
        RolloutSpec spec = spec(request);
        try {
            RolloutPreview preview = rollouts(request)
                    .planRollout(PlanRolloutRequest.newBuilder().setSpec(spec).build());
            return Reply.page("rolloutPlan", "rollouts", "Plan of " + spec.getName(), PlanView.of(preview));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.PERMISSION_DENIED) {
                throw e;
            }
            return form(request, spec, String.valueOf(e.getStatus().getDescription()), 400);
        }
    }

    /** Makes it; refused where the world has moved since the plan. */
    public Reply apply(Request request) {
        Rollout rollout = rollouts(request)
                .applyRollout(ApplyRolloutRequest.newBuilder()
                        .setName(request.path("name"))
                        .build());
        return new Reply.Seen(Paths.rollout(rollout.getSpec().getName()));
    }

    private static RolloutSpec spec(Request request) {
        return RolloutSpec.newBuilder()
                .setName(request.form("name"))
                .setPlaybook(request.form("playbook"))
                .setSelector(request.form("hosts"))
                .setWindow(request.form("window"))
                .addAllWaves(Arrays.stream(request.form("waves").split("[,\\s]+"))
                        .filter(wave -> !wave.isEmpty())
                        .toList())
                .setMaxConcurrent(request.form("maxConcurrent"))
                .setFailureThreshold(request.form("failureThreshold"))
                .setNeverTogether(request.form("neverTogether"))
                .setSoak(minutes(request.form("soak")))
                .build();
    }

    private static Duration minutes(String text) {
        return text.matches("[0-9]{1,5}")
                ? Duration.newBuilder().setSeconds(60L * Integer.parseInt(text)).build()
                : SOAK;
    }

    private static RolloutServiceBlockingStub rollouts(Request request) {
        return request.api().calls(RolloutServiceGrpc::newBlockingStub);
    }

    /** @param problem why there is no plan; empty: none was asked for yet */
    public record Form(
            RolloutSpec spec, String waves, List<Playbook> playbooks, List<Window> windows, String problem) {}
}
