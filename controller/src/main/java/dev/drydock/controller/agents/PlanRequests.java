package dev.drydock.controller.agents;

import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.PlanReport;
import dev.drydock.proto.agent.v1.PlanRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Plans that hosts were asked for and have not given yet. While one is wanted its host may fetch the playbook. Thread-safe. */
final class PlanRequests implements HostPlans, HostFetches {
    private final SessionRegistry registry;
    private final AtomicLong number = new AtomicLong();
    private final Map<String, Asked> open = new ConcurrentHashMap<>();

    PlanRequests(SessionRegistry registry) {
        this.registry = registry;
    }

    private record Asked(String hostId, String digest, CompletableFuture<HostPlan> answer) {}

    @Override
    public Map<String, HostPlan> ask(
            Collection<String> hostIds, String digest, Map<String, String> params, Duration patience) {
        Map<String, CompletableFuture<HostPlan>> answers = new HashMap<>();
        for (String hostId : hostIds) {
            answers.put(hostId, ask(hostId, digest, params, patience, false));
        }
        Map<String, HostPlan> plans = new HashMap<>();
        answers.forEach((hostId, answer) -> plans.put(hostId, answer.join()));
        return plans;
    }

    @Override
    public CompletableFuture<HostPlan> fetch(
            String hostId, String digest, Map<String, String> params, Duration patience) {
        return ask(hostId, digest, params, patience, true);
    }

    private CompletableFuture<HostPlan> ask(
            String hostId, String digest, Map<String, String> params, Duration patience, boolean fetch) {
        Optional<AgentSession> session = registry.of(hostId).filter(AgentSession::isOpen);
        if (session.isEmpty()) {
            return CompletableFuture.completedFuture(HostPlan.offline());
        }
        String id = "plan-" + number.incrementAndGet();
        Asked asked = new Asked(hostId, digest, new CompletableFuture<>());
        open.put(id, asked);
        session.get().send(request(id, digest, params, fetch));
        return asked.answer()
                .completeOnTimeout(
                        HostPlan.none("gave no answer within " + patience.toSeconds() + " s"),
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS)
                .whenComplete((answer, none) -> open.remove(id));
    }

    private static ControllerMessage request(String id, String digest, Map<String, String> params, boolean fetch) {
        return ControllerMessage.newBuilder()
                .setPlanRequest(PlanRequest.newBuilder()
                        .setRequestId(id)
                        .setPlaybookDigest(digest)
                        .putAllParams(params)
                        .setFetch(fetch))
                .build();
    }

    /** Ignored where nobody waits for it any more, or where another host was asked. */
    void answered(String hostId, PlanReport report) {
        Asked asked = open.get(report.getRequestId());
        if (asked != null && asked.hostId().equals(hostId)) {
            asked.answer()
                    .complete(
                            report.getRefused()
                                    ? HostPlan.none(report.getReason().isEmpty() ? "refused" : report.getReason())
                                    : new HostPlan("", report.getStepsList()));
        }
    }

    /** Digests of the playbooks of which the host was asked for a plan that it has not given. */
    Set<String> wantedOf(String hostId) {
        return open.values().stream()
                .filter(asked -> asked.hostId().equals(hostId))
                .map(Asked::digest)
                .collect(Collectors.toSet());
    }
}
