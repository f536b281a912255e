package dev.drydock.controller.api;

import com.google.protobuf.UnsafeByteOperations;
import dev.drydock.controller.agents.output.RunOutputFiles;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunStates;
import dev.drydock.controller.run.RunStore;
import dev.drydock.controller.run.UnknownRunException;
import dev.drydock.proto.v1.OutputChunk;
import dev.drydock.proto.v1.StreamOutputRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one run's durable output to one client, as fast as the client takes it; when it follows, until the run has ended and
 * all that its steps wrote was sent. Output may come later than the result: it is waited for, but not for ever.
 */
final class OutputStreamer implements OpenStream {
    private static final int CHUNK = 32 * 1024;

    /** How often an ended run is looked at, without news, before its output counts as complete. */
    private static final int QUIET_LOOKS = 40;

    private final ServerCallStreamObserver<OutputChunk> call;
    private final OpenStreams streams;
    private final RunStore runs;
    private final RunOutputFiles output;
    private final String runId;
    private final boolean follow;
    private final Pump pump;
    private volatile boolean stopping;
    private volatile RunOutputFiles.@Nullable Following growth;
    private long offset;
    private int quietLooks;
    private boolean over;

    private OutputStreamer(
            ServerCallStreamObserver<OutputChunk> call,
            OpenStreams streams,
            RunStore runs,
            RunOutputFiles output,
            String runId,
            boolean follow,
            long offset) {
        this.call = call;
        this.streams = streams;
        this.runs = runs;
        this.output = output;
        this.runId = runId;
        this.follow = follow;
        this.offset = offset;
        this.pump = new Pump(streams.workers(), this::look);
    }

    /** Called by the thread that serves the call, before it returns. */
    static void open(
            ServerCallStreamObserver<OutputChunk> call,
            OpenStreams streams,
            RunStore runs,
            RunOutputFiles output,
            StreamOutputRequest request) {
        String runId = request.getId();
        OutputStreamer streamer =
                new OutputStreamer(call, streams, runs, output, runId, request.getFollow(), request.getOffset());
        call.setOnReadyHandler(streamer.pump::wake);
        call.setOnCancelHandler(streamer.pump::wake);
        streamer.growth = output.follow(runId, streamer.pump::wake);
        streams.add(streamer);
        streamer.pump.wake();
    }

    private void look() {
        if (over) {
            return;
        }
        try {
            send();
        } catch (IOException | RuntimeException e) {
            end();
            call.onError(e);
        }
    }

    private void send() throws IOException {
        if (call.isCancelled()) {
            end();
            return;
        }
        // Looked up before the file is read, so that a run that has ended by now had written all that is read.
        Run run = runs.find(runId).orElseThrow(() -> new UnknownRunException(runId));
        if (readAll()) {
            requireWhole(run);
            if (!follow || complete(run)) {
                end();
                call.onCompleted();
                return;
            }
        }
        if (stopping) {
            end();
            call.onError(OpenStreams.STOPPING.asRuntimeException());
        }
    }

    /** Sends while the client takes it; false when it would not take the rest now. */
    private boolean readAll() throws IOException {
        while (call.isReady()) {
            byte[] data = output.read(runId, offset, CHUNK);
            if (data.length == 0) {
                return true;
            }
            call.onNext(OutputChunk.newBuilder()
                    .setOffset(offset)
                    .setData(UnsafeByteOperations.unsafeWrap(data))
                    .build());
            offset += data.length;
            quietLooks = 0;
        }
        return false;
    }

    private void requireWhole(Run run) throws IOException {
        long kept = output.kept(runId, run.outputSize());
        if (kept < run.outputSize()) {
            throw Status.DATA_LOSS
                    .withDescription("The output of run " + runId + " is on record with " + run.outputSize()
                            + " bytes, but its file has only " + kept + ".")
                    .asRuntimeException();
        }
    }

    private boolean complete(Run run) {
        return RunStates.ended(run.state())
                && (++quietLooks > QUIET_LOOKS || run.outputSize() >= RunSteps.outputEnd(runs.events(runId)));
    }

    private void end() {
        over = true;
        streams.remove(this);
        RunOutputFiles.Following open = growth;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void wake() {
        pump.wake();
    }

    @Override
    public void stop() {
        stopping = true;
        pump.wake();
    }
}
