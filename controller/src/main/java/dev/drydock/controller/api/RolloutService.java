package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.playbook.PlaybookLibrary;
import dev.drydock.controller.rollout.InvalidRolloutException;
import dev.drydock.controller.rollout.Previews;
import dev.drydock.controller.rollout.RolloutDraft;
import dev.drydock.controller.rollout.RolloutPreview;
import dev.drydock.controller.rollout.Rollouts;
import dev.drydock.controller.rollout.SavedPlan;
import dev.drydock.controller.rollout.SavedPlans;
import dev.drydock.controller.rollout.World;
import dev.drydock.controller.security.Role;
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
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Rollouts. */
public final class RolloutService extends RolloutServiceImplBase {
    /** Less than a client waits for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Rollouts rollouts;
    private final RolloutAccess access;
    private final RolloutDrafts drafts;
    private final Previews previews;
    private final SavedPlans plans;
    private final OpenStreams streams;
    private final ToIntFunction<String> fetched;

    /** @param fetched on how many hosts of a rollout, by its id, all lies ready before its opening */
    public RolloutService(
            Rollouts rollouts,
            HostDirectory hosts,
            PlaybookLibrary playbooks,
            Previews previews,
            SavedPlans plans,
            OpenStreams streams,
            ToIntFunction<String> fetched) {
        this.rollouts = rollouts;
        this.access = new RolloutAccess(rollouts, hosts);
        this.drafts = new RolloutDrafts(playbooks, plans, access);
        this.previews = previews;
        this.plans = plans;
        this.streams = streams;
        this.fetched = fetched;
    }

    @Override
    public void createRollout(CreateRolloutRequest request, StreamObserver<Rollout> call) {
        Calls.answer(call, () -> created(drafts.of(request.getSpec())));
    }

    private Rollout created(RolloutDraft draft) throws InvalidRolloutException {
        return veiled(draft, () -> shown(rollouts.create(draft)));
    }

    private Rollout shown(dev.drydock.controller.rollout.Rollout rollout) {
        return new RolloutView(access.sight()).whole(rollout);
    }

    /** What is wrong with a draft may tell of hosts that are left out. */
    private <T> T veiled(RolloutDraft draft, Planned<T> work) throws InvalidRolloutException {
        try {
            return work.get();
        } catch (InvalidRolloutException e) {
            Sight sight = access.sight();
            throw Refusals.invalid(e.problems().stream()
                    .map(problem -> sight.veiled(problem, draft.toString()))
                    .toList());
        }
    }

    @FunctionalInterface
    private interface Planned<T> {
        T get() throws InvalidRolloutException;
    }

    @Override
    public void planRollout(PlanRolloutRequest request, StreamObserver<dev.drydock.proto.v1.RolloutPreview> call) {
        Calls.answer(call, () -> {
            RolloutDraft draft = drafts.of(request.getSpec());
            drafts.requireOwnPlan(request.getSpec().getName());
            RolloutPreview preview = veiled(draft, () -> previews.of(draft, PATIENCE));
            plans.save(new SavedPlan(
                    preview.plan().name(),
                    request.getSpec().toByteArray(),
                    preview.world(),
                    Caller.name(),
                    preview.plan().origin().at()));
            return new RolloutView(access.sight()).shown(PreviewMapper.message(preview));
        });
    }

    @Override
    public void applyRollout(ApplyRolloutRequest request, StreamObserver<Rollout> call) {
        Calls.answer(call, () -> {
            String name = request.getName();
            SavedPlan saved = drafts.plan(name);
            RolloutDraft draft = drafts.of(RolloutSpec.parseFrom(saved.spec()));
            if (rollouts.find(name).isEmpty()) {
                World now = veiled(draft, () -> previews.of(draft, PATIENCE).world());
                Sight sight = access.sight();
                List<String> moved = saved.world().movedTo(now).stream()
                        .map(line -> sight.veiled(line, draft.toString()))
                        .toList();
                if (!moved.isEmpty()) {
                    throw Refusals.refused("The world has moved since plan " + name + " was made; plan again:\n  "
                            + String.join("\n  ", moved));
                }
            }
            return created(draft);
        });
    }

    @Override
    public void listRollouts(ListRolloutsRequest request, StreamObserver<ListRolloutsResponse> call) {
        Calls.answer(call, () -> {
            Sight sight = access.sight();
            Predicate<Rollout> wanted = MessageFilter.of(request.getFilter(), "rollout", Rollout.getDescriptor());
            Pages.Page<Rollout> page = Pages.of(
                            request.getPageSize(),
                            Pages.LARGEST,
                            request.getPageToken(),
                            "rollouts",
                            request.getFilter())
                    .of(
                            access.all(sight).stream()
                                    .map(new RolloutView(sight)::summary)
                                    .filter(wanted)
                                    .toList(),
                            rollout -> Pages.newest(Times.instant(rollout.getCreatedAt()), rollout.getId()));
            return ListRolloutsResponse.newBuilder()
                    .addAllRollouts(page.items())
                    .setNextPageToken(page.next())
                    .build();
        });
    }

    @Override
    public void getRollout(GetRolloutRequest request, StreamObserver<Rollout> call) {
        Calls.answer(call, () -> {
            Sight sight = access.sight();
            var rollout = access.seen(request.getName(), sight);
            return new RolloutView(sight)
                    .whole(rollout).toBuilder()
                            .setFetchedHosts(sight.seesAll(rollout) ? fetched.applyAsInt(rollout.id()) : 0)
                            .build();
        });
    }

    @Override
    public void pauseRollout(PauseRolloutRequest request, StreamObserver<Rollout> call) {
        Calls.answer(call, () -> {
            access.requireSteered(request.getName(), Role.OPERATOR);
            return shown(rollouts.pause(request.getName()));
        });
    }

    @Override
    public void resumeRollout(ResumeRolloutRequest request, StreamObserver<Rollout> call) {
        Calls.answer(call, () -> {
            access.requireSteered(request.getName(), Role.OPERATOR);
            return shown(rollouts.resume(request.getName()));
        });
    }

    @Override
    public void abortRollout(AbortRolloutRequest request, StreamObserver<Rollout> call) {
        Calls.answer(call, () -> {
            access.requireSteered(request.getName(), Role.OPERATOR);
            return shown(rollouts.abort(request.getName(), request.getRollBack()));
        });
    }

    @Override
    public void retryRollout(RetryRolloutRequest request, StreamObserver<Rollout> call) {
        Calls.answer(call, () -> {
            access.requireSteered(request.getName(), Role.OPERATOR);
            return shown(rollouts.retry(request.getName(), Set.copyOf(request.getHostsList())));
        });
    }

    @Override
    public void approveRollout(ApproveRolloutRequest request, StreamObserver<Rollout> call) {
        Calls.answer(call, () -> {
            access.requireSteered(request.getName(), Role.APPROVER);
            OptionalInt wave = request.getWave() == 0 ? OptionalInt.empty() : OptionalInt.of(request.getWave());
            return shown(rollouts.approve(request.getName(), wave, Caller.name(), request.getComment()));
        });
    }

    @Override
    public void watchRollout(WatchRolloutRequest request, StreamObserver<RolloutUpdate> call) {
        try {
            access.seen(request.getName(), access.sight());
            RolloutStream.open(
                    rollouts,
                    access.sights(),
                    request.getName(),
                    (ServerCallStreamObserver<RolloutUpdate>) call,
                    streams);
        } catch (Exception e) {
            call.onError(e);
        }
    }
}
