package dev.drydock.agent.testing;

import dev.drydock.agent.run.Runs;
import dev.drydock.proto.agent.v1.Ack;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OfferReply;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.PlanReport;
import dev.drydock.proto.agent.v1.PlanRequest;
import dev.drydock.proto.agent.v1.RebootLeave;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunResult;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.RunTransition;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Runs in memory, to whose journals a test appends. Accepts every offer. */
public final class FakeRuns implements Runs {
    private final Map<String, FakeRun> runs = new LinkedHashMap<>();
    private final List<RunsListener> listeners = new CopyOnWriteArrayList<>();
    private String record = "";
    public final List<CancelRun> cancels = new CopyOnWriteArrayList<>();
    public final List<RebootLeave> leaves = new CopyOnWriteArrayList<>();
    public final List<Ack> acks = new CopyOnWriteArrayList<>();
    public final List<byte[]> envelopes = new CopyOnWriteArrayList<>();

    private static final class FakeRun {
        final List<RunEvent> events = new ArrayList<>();
        final ByteArrayOutputStream output = new ByteArrayOutputStream();
        long handedOut;
        long acked;
        long ackedOutput;
        boolean ended;

        boolean delivered() {
            return ended && acked >= events.size() && ackedOutput >= output.size();
        }
    }

    public synchronized void append(String runId, int events) {
        FakeRun run = runs.computeIfAbsent(runId, id -> new FakeRun());
        for (int i = 0; i < events; i++) {
            run.events.add(RunEvent.newBuilder()
                    .setSequence(run.events.size() + 1)
                    .setRun(RunTransition.newBuilder()
                            .setTo(RunState.RUNNING)
                            .setReason("event " + (run.events.size() + 1)))
                    .build());
        }
        listeners.forEach(listener -> listener.news(runId));
    }

    public synchronized void appendLarge(String runId, int events, int bytes) {
        FakeRun run = runs.computeIfAbsent(runId, id -> new FakeRun());
        for (int i = 0; i < events; i++) {
            run.events.add(RunEvent.newBuilder()
                    .setSequence(run.events.size() + 1)
                    .setRun(RunTransition.newBuilder().setReason("x".repeat(bytes)))
                    .build());
        }
        listeners.forEach(listener -> listener.news(runId));
    }

    public synchronized void end(String runId) {
        FakeRun run = runs.computeIfAbsent(runId, id -> new FakeRun());
        run.ended = true;
        run.events.add(RunEvent.newBuilder()
                .setSequence(run.events.size() + 1)
                .setResult(RunResult.newBuilder().setOutcome(RunState.SUCCEEDED))
                .build());
        listeners.forEach(listener -> listener.news(runId));
    }

    public synchronized void write(String runId, byte[] output) {
        runs.computeIfAbsent(runId, id -> new FakeRun()).output.writeBytes(output);
        listeners.forEach(listener -> listener.news(runId));
    }

    /** How much of the output was read for sending. */
    public synchronized long handedOut(String runId) {
        return runs.containsKey(runId) ? runs.get(runId).handedOut : 0;
    }

    @Override
    public synchronized OfferReply offer(Offer offer, byte[] envelope) {
        if (!runs.containsKey(offer.getRunId())) {
            envelopes.add(envelope);
            append(offer.getRunId(), 1);
        }
        return OfferReply.newBuilder()
                .setRunId(offer.getRunId())
                .setAccepted(true)
                .build();
    }

    @Override
    public synchronized boolean knows(String runId) {
        return runs.containsKey(runId);
    }

    @Override
    public void mayReboot(RebootLeave leave) {
        leaves.add(leave);
    }

    @Override
    public void cancel(CancelRun cancel) {
        cancels.add(cancel);
    }

    @Override
    public PlanReport plan(PlanRequest request, byte[] envelope) {
        return PlanReport.newBuilder()
                .setRequestId(request.getRequestId())
                .setReason(envelope.length + " bytes")
                .build();
    }

    @Override
    public synchronized boolean deliveredTo(String recordId) {
        boolean forgotten = !record.isEmpty() && !record.equals(recordId);
        record = recordId;
        return forgotten;
    }

    @Override
    public List<String> troubles() {
        return List.of();
    }

    @Override
    public synchronized List<OpenRun> undelivered() {
        return runs.entrySet().stream()
                .filter(entry -> !entry.getValue().delivered())
                .map(entry -> OpenRun.newBuilder()
                        .setRunId(entry.getKey())
                        .setLastSequence(entry.getValue().events.size())
                        .setOutputSize(entry.getValue().output.size())
                        .build())
                .toList();
    }

    @Override
    public synchronized List<RunEvent> events(String runId, long after, int maxBytes) {
        FakeRun run = runs.get(runId);
        List<RunEvent> found = new ArrayList<>();
        int bytes = 0;
        if (run != null) {
            for (RunEvent event : run.events.subList((int) Math.min(after, run.events.size()), run.events.size())) {
                bytes += event.getSerializedSize();
                if (!found.isEmpty() && bytes > maxBytes) {
                    break;
                }
                found.add(event);
            }
        }
        return found;
    }

    @Override
    public synchronized byte[] output(String runId, long offset, int maxBytes) {
        FakeRun run = runs.get(runId);
        byte[] all = run == null ? new byte[0] : run.output.toByteArray();
        int from = (int) Math.min(offset, all.length);
        int to = Math.min(all.length, from + maxBytes);
        if (run != null) {
            run.handedOut = Math.max(run.handedOut, to);
        }
        return Arrays.copyOfRange(all, from, to);
    }

    @Override
    public synchronized void acked(Ack ack) {
        acks.add(ack);
        FakeRun run = runs.get(ack.getRunId());
        if (run != null) {
            run.acked = Math.max(run.acked, ack.getSequence());
            run.ackedOutput = Math.max(run.ackedOutput, ack.getOutputSize());
        }
    }

    @Override
    public void listen(RunsListener listener) {
        listeners.add(listener);
    }
}
