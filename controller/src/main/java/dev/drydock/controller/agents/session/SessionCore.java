package dev.drydock.controller.agents.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.drydock.controller.run.CancelRequest;
import dev.drydock.controller.run.Reboot;
import dev.drydock.controller.run.Run;
import dev.drydock.proto.agent.v1.Ack;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OfferReply;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.RebootLeave;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the controller knows and decides in one agent's session about runs. Pure: no I/O, no clock. A run must be tracked
 * before anything of it is handled. Not safe for use by several threads at once.
 */
public final class SessionCore {
    /** Beyond so many, runs with nothing under way are looked up again when they are next heard of. */
    private static final int TRACKED = 64;

    private final String hostId;
    private final Duration offerAgain;
    private final Map<String, Delivery> deliveries = new HashMap<>();
    private final Map<String, SentOffer> offers = new HashMap<>();
    private final Map<String, CancelRequest> cancels = new HashMap<>();

    /** @param offerAgain how long an offer may stay without an answer before it is sent again */
    public SessionCore(String hostId, Duration offerAgain) {
        this.hostId = hostId;
        this.offerAgain = offerAgain;
    }

    public boolean tracks(String runId) {
        return deliveries.containsKey(runId);
    }

    /**
     * Begins with what is durable of a run.
     *
     * @param onRecord empty: the controller does not know it
     * @param output bytes of its output that are on disk
     */
    public void track(String runId, Optional<Run> onRecord, long output) {
        if (deliveries.size() >= TRACKED) {
            deliveries.values().removeIf(Delivery::idle);
        }
        deliveries.put(runId, onRecord.map(run -> delivery(run, output)).orElseGet(() -> Delivery.unknown(runId)));
    }

    private Delivery delivery(Run run, long output) {
        return run.hostId().equals(hostId) ? Delivery.of(run, output) : Delivery.foreign(run.id());
    }

    /** What Welcome says of a run in Hello: empty when its events are wanted from the first. */
    public Optional<Ack> position(OpenRun open) {
        return require(open.getRunId()).position(open);
    }

    public List<SessionCommand> events(String runId, List<RunEvent> events) {
        Delivery delivery = require(runId);
        List<SessionCommand> commands =
                new ArrayList<>(delivery.events(events, first -> Adoption.of(runId, hostId, first)));
        if (delivery.journaled()) {
            offers.remove(runId);
        }
        // The cancel may have come to the agent before it had the run.
        if (cancels.containsKey(runId) && events.stream().anyMatch(RunEvent::hasAccepted)) {
            commands.add(send(cancels.get(runId)));
        }
        return commands;
    }

    public List<SessionCommand> output(String runId, long offset, ByteString data) {
        return require(runId).output(offset, data);
    }

    /** @param sequence of the run's newest durable event */
    public List<SessionCommand> eventsDurable(String runId, long sequence) {
        return List.of(require(runId).eventsDurable(sequence));
    }

    /** @param size bytes of the run's output that are durable and on record */
    public List<SessionCommand> outputDurable(String runId, long size) {
        return List.of(require(runId).outputDurable(size));
    }

    /**
     * Offers what is to be offered, again what was not answered for long, asks runs to end that shall, and lets hosts reboot that
     * may.
     *
     * @param open the host's runs that have not ended, as on record now
     * @param labels the host's
     * @param stepTimes what the steps of a playbook took on hosts like this one, by the playbook's name; asked for what is offered
     */
    public List<SessionCommand> open(
            List<Run> open,
            List<CancelRequest> requests,
            Map<String, String> labels,
            Function<String, List<StepTime>> stepTimes,
            Instant now) {
        List<SessionCommand> commands = new ArrayList<>();
        // What was asked on this stream may be newer than what was read of the record.
        Map<String, CancelRequest> asked = new HashMap<>(cancels);
        requests.forEach(request -> asked.put(request.runId(), request));
        for (Run run : open) {
            if (run.state() == RunState.OFFERED) {
                commands.addAll(offer(run, Optional.ofNullable(asked.get(run.id())), labels, stepTimes, now));
            }
        }
        open.stream().flatMap(run -> leave(run).stream()).forEach(commands::add);
        Set<String> still = open.stream().map(Run::id).collect(Collectors.toSet());
        offers.keySet().retainAll(still);
        for (CancelRequest request : requests) {
            commands.addAll(cancel(request));
        }
        return commands;
    }

    /** Again each time that it is asked for: the agent may not have heard of it before it lost the connection. */
    private static Optional<SessionCommand> leave(Run run) {
        return run.reboot()
                .filter(reboot -> reboot.phase() == Reboot.Phase.ALLOWED)
                .map(reboot -> new SessionCommand.Send(ControllerMessage.newBuilder()
                        .setRebootLeave(
                                RebootLeave.newBuilder().setRunId(run.id()).setStep(reboot.step()))
                        .build()));
    }

    private List<SessionCommand> offer(
            Run run,
            Optional<CancelRequest> cancel,
            Map<String, String> labels,
            Function<String, List<StepTime>> stepTimes,
            Instant now) {
        if (!tracks(run.id())) {
            track(run.id(), Optional.of(run), run.outputSize());
        }
        SentOffer sent = offers.get(run.id());
        if (require(run.id()).journaled() || (sent != null && !sent.due(now, offerAgain))) {
            return List.of();
        }
        if (cancel.isPresent() && sent == null) {
            // The agent does not have it and shall not get it.
            return List.of(new SessionCommand.Conclude(
                    run.id(), RunState.CANCELLED, cancel.get().reason()));
        }
        offers.put(run.id(), new SentOffer(now, false));
        return List.of(new SessionCommand.Send(ControllerMessage.newBuilder()
                .setOffer(offer(run, labels, stepTimes.apply(run.playbookName())))
                .build()));
    }

    private static Offer offer(Run run, Map<String, String> labels, List<StepTime> stepTimes) {
        return Offer.newBuilder()
                .setRunId(run.id())
                .setRolloutId(run.rolloutId())
                .setPlaybookName(run.playbookName())
                .setPlaybookVersion(run.playbookVersion())
                .setPlaybookDigest(run.playbookDigest())
                .putAllParams(run.params())
                .setWindowOpens(timestamp(run.windowOpens()))
                .setWindowCloses(timestamp(run.windowCloses()))
                .setStartBefore(timestamp(run.startBefore()))
                .putAllLabels(labels)
                .setWindowName(run.windowName())
                .setOfferedAt(timestamp(run.offeredAt()))
                .addAllStepTimes(stepTimes)
                .setRebootsByLeave(true)
                .build();
    }

    /** Whether {@link #open} should be asked, since an offer was not answered for long. */
    public boolean offersDue(Instant now) {
        return offers.values().stream().anyMatch(sent -> sent.due(now, offerAgain));
    }

    /** Whether offers wait for an answer. */
    public boolean offersUnanswered() {
        return offers.values().stream().anyMatch(sent -> !sent.answered());
    }

    public List<SessionCommand> reply(OfferReply reply) {
        String runId = reply.getRunId();
        Delivery delivery = require(runId);
        if (reply.getAccepted()) {
            offers.computeIfPresent(runId, (id, sent) -> new SentOffer(sent.at(), true));
            return cancels.containsKey(runId) ? List.of(send(cancels.get(runId))) : List.of();
        }
        if (!delivery.offered()) {
            return List.of(new SessionCommand.Warn(
                    "the agent refused run " + runId + ", which is not on offer to it; its answer is not counted"));
        }
        offers.remove(runId);
        return List.of(new SessionCommand.Conclude(runId, RunState.REFUSED, why(reply)));
    }

    private static String why(OfferReply reply) {
        String reason = reply.getReason().isBlank() ? "no reason given" : reply.getReason();
        return reply.getReasonCode().isBlank() ? reason : reply.getReasonCode() + ": " + reason;
    }

    /** Once a mode and session; again where the agent turns out to have the run only after it. */
    public List<SessionCommand> cancel(CancelRequest request) {
        CancelRequest before = cancels.put(request.runId(), request);
        return request.equals(before) ? List.of() : List.of(send(request));
    }

    private static SessionCommand send(CancelRequest request) {
        return new SessionCommand.Send(ControllerMessage.newBuilder()
                .setCancel(CancelRun.newBuilder()
                        .setRunId(request.runId())
                        .setMode(request.mode())
                        .setReason(request.reason()))
                .build());
    }

    private Delivery require(String runId) {
        Delivery delivery = deliveries.get(runId);
        if (delivery == null) {
            throw new IllegalStateException("run " + runId + " is not tracked");
        }
        return delivery;
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private record SentOffer(Instant at, boolean answered) {
        boolean due(Instant now, Duration again) {
            return !answered && !now.isBefore(at.plus(again));
        }
    }
}
