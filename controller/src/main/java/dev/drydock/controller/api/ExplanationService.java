package dev.drydock.controller.api;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.api.explain.HostExplanation;
import dev.drydock.controller.api.explain.HostExplanation.HostWindow;
import dev.drydock.controller.api.explain.RolloutExplanation;
import dev.drydock.controller.api.explain.RunExplanation;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.Rollouts;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunStore;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.HostRules;
import dev.drydock.controller.window.Opening;
import dev.drydock.controller.window.Openings;
import dev.drydock.controller.window.Slot;
import dev.drydock.controller.window.Window;
import dev.drydock.controller.window.Windows;
import dev.drydock.proto.v1.ExplainRequest;
import dev.drydock.proto.v1.ExplainedKind;
import dev.drydock.proto.v1.Explanation;
import dev.drydock.proto.v1.ExplanationServiceGrpc.ExplanationServiceImplBase;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Why something happened, or did not: the record in words. It says nothing that the caller could not read elsewhere. */
public final class ExplanationService extends ExplanationServiceImplBase {
    private static final int RUNS_TOLD = 5;

    private final HostDirectory hosts;
    private final Rollouts rollouts;
    private final RunStore runs;
    private final Windows windows;
    private final Blackouts.Source calendars;
    private final HostRules.Source rules;
    private final InstantSource clock;

    public ExplanationService(
            HostDirectory hosts,
            Rollouts rollouts,
            RunStore runs,
            Windows windows,
            Blackouts.Source calendars,
            HostRules.Source rules,
            InstantSource clock) {
        this.hosts = hosts;
        this.rollouts = rollouts;
        this.runs = runs;
        this.windows = windows;
        this.calendars = calendars;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public void explain(ExplainRequest request, StreamObserver<Explanation> call) {
        Calls.answer(call, () -> explained(request, Sight.of(hosts)));
    }

    private Explanation explained(ExplainRequest request, Sight sight) {
        String name = request.getName();
        ExplainedKind kind = request.getKind();
        if (name.isEmpty() || kind == ExplainedKind.UNRECOGNIZED) {
            throw Refusals.invalid(List.of(
                    name.isEmpty()
                            ? "name: is empty; expected a rollout's name, a run's id or a host's name"
                            : "kind: is none of EXPLAINED_ROLLOUT, EXPLAINED_RUN, EXPLAINED_HOST"));
        }
        List<Explanation> found = Stream.of(
                        asked(kind, ExplainedKind.EXPLAINED_ROLLOUT) ? rollout(name, sight) : none(),
                        asked(kind, ExplainedKind.EXPLAINED_RUN) ? run(name, sight) : none(),
                        asked(kind, ExplainedKind.EXPLAINED_HOST) ? host(name, sight) : none())
                .flatMap(Optional::stream)
                .toList();
        if (found.size() > 1) {
            throw Refusals.refused("There is a rollout and a host named '" + name + "': say which is meant, by kind.");
        }
        return found.stream().findFirst().orElseThrow(() -> unknown(name, sight));
    }

    private static boolean asked(ExplainedKind kind, ExplainedKind wanted) {
        return kind == ExplainedKind.EXPLAINED_KIND_UNSPECIFIED || kind == wanted;
    }

    private static Optional<Explanation> none() {
        return Optional.empty();
    }

    private RuntimeException unknown(String name, Sight sight) {
        List<String> known = new ArrayList<>();
        sight.all().forEach(host -> known.add(host.name()));
        new RolloutAccess(rollouts, hosts).all(sight).forEach(rollout -> known.add(rollout.name()));
        return Refusals.notFound("rollout, run or host", name, known);
    }

    private Optional<Explanation> rollout(String name, Sight sight) {
        return rollouts.find(name).filter(sight::sees).map(found -> RolloutExplanation.of(whole(found, sight)));
    }

    private static dev.drydock.proto.v1.Rollout whole(Rollout rollout, Sight sight) {
        return new RolloutView(sight).whole(rollout);
    }

    private Optional<Explanation> run(String id, Sight sight) {
        return runs.find(id).filter(run -> sight.sees(run.hostId())).map(run -> {
            boolean connected =
                    hosts.find(run.hostId()).filter(HostView::online).isPresent();
            return RunExplanation.of(new RunMapper(hosts, rollouts).whole(run, runs.events(id)), connected);
        });
    }

    private Optional<Explanation> host(String name, Sight sight) {
        return hosts.find(name).filter(host -> sight.sees(host.id())).map(host -> host(host, sight));
    }

    private Explanation host(HostView host, Sight sight) {
        Instant now = clock.instant();
        RunMapper mapper = new RunMapper(hosts, rollouts);
        List<Run> last = runs.list(Optional.of(host.id()), Optional.empty(), RUNS_TOLD);
        return HostExplanation.of(
                host,
                rollouts.live().stream()
                        .filter(sight::sees)
                        .map(rollout -> whole(rollout, sight))
                        .toList(),
                windows.list().stream()
                        .filter(window -> window.hosts().isPresent())
                        .filter(window ->
                                HostRules.outside(window).apply(host.facts()).isEmpty())
                        .map(window -> next(window, now))
                        .toList(),
                rules.get().contradiction(host.facts()),
                last.stream().map(run -> mapper.summary(run).build()).toList(),
                now);
    }

    private HostWindow next(Window window, Instant now) {
        Openings openings = new Openings(window, calendars.get());
        return new HostWindow(
                window.name(),
                openings.next(now, 1).stream().findFirst().map(Opening::opens),
                openings.hindered(now, Optional.empty())
                        .filter(Slot::lost)
                        .map(Slot::why)
                        .orElse(""));
    }
}
