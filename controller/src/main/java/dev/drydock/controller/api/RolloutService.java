package dev.drydock.controller.api;

import dev.drydock.controller.playbook.PlaybookLibrary;
import dev.drydock.controller.playbook.PushedPlaybook;
import dev.drydock.controller.rollout.Emergency;
import dev.drydock.controller.rollout.PlaybookVersion;
import dev.drydock.controller.rollout.Previews;
import dev.drydock.controller.rollout.RebootPace;
import dev.drydock.controller.rollout.RolloutDraft;
import dev.drydock.controller.rollout.RolloutPreview;
import dev.drydock.controller.rollout.Rollouts;
import dev.drydock.controller.rollout.SavedPlan;
import dev.drydock.controller.rollout.SavedPlans;
import dev.drydock.proto.v1.AbortRolloutRequest;
import dev.drydock.proto.v1.ApplyRolloutRequest;
import dev.drydock.proto.v1.ApproveRolloutRequest;
import dev.drydock.proto.v1.CreateRolloutRequest;
import dev.drydock.proto.v1.GetRolloutRequest;
import dev.drydock.proto.v1.ListRolloutsRequest;
import dev.drydock.proto.v1.ListRolloutsResponse;
import dev.drydock.proto.v1.PauseRolloutRequest;
import dev.drydock.proto.v1.PlanRolloutRequest;
import dev.drydock.proto.v1.ResumeRolloutRequest;
import dev.drydock.proto.v1.RetryRolloutRequest;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutServiceGrpc.RolloutServiceImplBase;
import dev.drydock.proto.v1.RolloutSpec;
import dev.drydock.proto.v1.RolloutUpdate;
import dev.drydock.proto.v1.WatchRolloutRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Rollouts. */
public final class RolloutService extends RolloutServiceImplBase {
    /** Less than a client waits for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Rollouts rollouts;
    private final PlaybookLibrary playbooks;
    private final Previews previews;
    private final SavedPlans plans;
    private final OpenStreams streams;
    private final ToIntFunction<String> fetched;

    /** @param fetched on how many hosts of a rollout, by its id, all lies ready before its opening */
    public RolloutService(
            Rollouts rollouts,
            PlaybookLibrary playbooks,
            Previews previews,
            SavedPlans plans,
            OpenStreams streams,
            ToIntFunction<String> fetched) {
        this.rollouts = rollouts;
        this.playbooks = playbooks;
        this.previews = previews;
        this.plans = plans;
        this.streams = streams;
        this.fetched = fetched;
    }

    @Override
    public void createRollout(CreateRolloutRequest request, StreamObserver<Rollout> call) {
        Calls.answer(call, () -> {
            return RolloutMapper.whole(rollouts.create(draft(request.getSpec())));
        });
    }

    private RolloutDraft draft(RolloutSpec spec) {
        List<String> problems = new ArrayList<>();
        required("name", spec.getName(), problems);
        required("playbook", spec.getPlaybook(), problems);
        if (spec.getEmergency().isEmpty()) {
            required("window", spec.getWindow(), problems);
        }
        Duration soak = Times.duration("soak", spec.getSoak(), problems);
        RebootPace reboots = reboots(spec, problems);
        Optional<Emergency> emergency = emergency(spec, problems);
        if (!problems.isEmpty()) {
            throw Refusals.invalid(problems);
        }
        PushedPlaybook playbook =
                Refusals.checked(() -> playbooks.get(spec.getPlaybook()).playbook());
        PlaybookVersion version = new PlaybookVersion(playbook.name(), playbook.version(), playbook.digest());
        return RolloutMapper.draft(spec, version, soak, reboots, emergency, Caller.name());
    }

    private static RebootPace reboots(RolloutSpec spec, List<String> problems) {
        RebootPace usual = RebootPace.USUAL;
        return new RebootPace(
                spec.getRebootsAtOnce().isEmpty() ? usual.atOnce() : spec.getRebootsAtOnce(),
                spec.hasRebootInterval()
                        ? Times.duration("reboot_interval", spec.getRebootInterval(), problems)
                        : usual.interval());
    }

    @Override
    public void planRollout(PlanRolloutRequest request, StreamObserver<dev.drydock.proto.v1.RolloutPreview> call) {
        Calls.answer(call, () -> {
            RolloutPreview preview = previews.of(draft(request.getSpec()), PATIENCE);
            plans.save(new SavedPlan(
                    preview.plan().name(),
                    request.getSpec().toByteArray(),
                    preview.world(),
                    Caller.name(),
                    preview.plan().origin().at()));
            return PreviewMapper.message(preview);
        });
    }

    @Override
    public void applyRollout(ApplyRolloutRequest request, StreamObserver<Rollout> call) {
        Calls.answer(call, () -> {
            String name = request.getName();
            SavedPlan saved = plans.find(name).orElseThrow(() -> Refusals.notFound("plan", name, plans.names()));
            RolloutDraft draft = draft(RolloutSpec.parseFrom(saved.spec()));
            if (rollouts.find(name).isEmpty()) {
                List<String> moved =
                        saved.world().movedTo(previews.of(draft, PATIENCE).world());
                if (!moved.isEmpty()) {
                    throw Refusals.refused("The world has moved since plan " + name + " was made; plan again:\n  "
                            + String.join("\n  ", moved));
                }
            }
            return RolloutMapper.whole(rollouts.create(draft));
        });
    }

    private static Optional<Emergency> emergency(RolloutSpec spec, List<String> problems) {
        Duration lasts = Times.duration("emergency_for", spec.getEmergencyFor(), problems);
        return spec.getEmergency().isEmpty()
                ? Optional.empty()
                : Optional.of(new Emergency(spec.getEmergency(), lasts));
    }

    private static void required(String field, String value, List<String> problems) {
        if (value.isBlank()) {
            problems.add(field + ": is empty");
        }
    }

    @Override
    public void listRollouts(ListRolloutsRequest request, StreamObserver<ListRolloutsResponse> call) {
        Calls.answer(call, () -> ListRolloutsResponse.newBuilder()
                .addAllRollouts(rollouts.list().stream()
                        .map(rollout -> RolloutMapper.summary(rollout).build())
                        .toList())
                .build());
    }

    @Override
    public void getRollout(GetRolloutRequest request, StreamObserver<Rollout> call) {
        Calls.answer(call, () -> {
            Rollout rollout = RolloutMapper.whole(find(request.getName()));
            return rollout.toBuilder()
                    .setFetchedHosts(fetched.applyAsInt(rollout.getId()))
                    .build();
        });
    }

    @Override
    public void pauseRollout(PauseRolloutRequest request, StreamObserver<Rollout> call) {
        Calls.answer(call, () -> {
            find(request.getName());
            return RolloutMapper.whole(rollouts.pause(request.getName()));
        });
    }

    @Override
    public void resumeRollout(ResumeRolloutRequest request, StreamObserver<Rollout> call) {
        Calls.answer(call, () -> {
            find(request.getName());
            return RolloutMapper.whole(rollouts.resume(request.getName()));
        });
    }

    @Override
    public void abortRollout(AbortRolloutRequest request, StreamObserver<Rollout> call) {
        Calls.answer(call, () -> {
            find(request.getName());
            return RolloutMapper.whole(rollouts.abort(request.getName(), request.getRollBack()));
        });
    }

    @Override
    public void retryRollout(RetryRolloutRequest request, StreamObserver<Rollout> call) {
        Calls.answer(call, () -> {
            find(request.getName());
            return RolloutMapper.whole(rollouts.retry(request.getName(), Set.copyOf(request.getHostsList())));
        });
    }

    @Override
    public void approveRollout(ApproveRolloutRequest request, StreamObserver<Rollout> call) {
        Calls.answer(call, () -> {
            find(request.getName());
            OptionalInt wave = request.getWave() == 0 ? OptionalInt.empty() : OptionalInt.of(request.getWave());
            return RolloutMapper.whole(rollouts.approve(request.getName(), wave, Caller.name(), request.getComment()));
        });
    }

    @Override
    public void watchRollout(WatchRolloutRequest request, StreamObserver<RolloutUpdate> call) {
        try {
            find(request.getName());
            RolloutStream.open(rollouts, request.getName(), (ServerCallStreamObserver<RolloutUpdate>) call, streams);
        } catch (Exception e) {
            call.onError(e);
        }
    }

    /** With a suggestion where there is none; {@link Rollouts} has no list of names to suggest from. */
    private dev.drydock.controller.rollout.Rollout find(String name) {
        return rollouts.find(name).orElseThrow(() -> unknown(rollouts, name));
    }

    static StatusRuntimeException unknown(Rollouts rollouts, String name) {
        return Refusals.notFound(
                "rollout",
                name,
                rollouts.list().stream()
                        .map(dev.drydock.controller.rollout.Rollout::name)
                        .toList());
    }
}
