package dev.drydock.controller.api;

import dev.drydock.controller.security.audit.AuditLine;
import dev.drydock.controller.security.audit.AuditLog;
import dev.drydock.proto.v1.ExportAuditResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;

/** One export of the audit log: as fast as the client takes it. */
final class AuditStream implements OpenStream {
    private static final int LINES = 200;
    /** A message is a page: below what clients of gRPC take by themselves. */
    private static final int PAGE = 1024 * 1024;

    private final AuditLog audit;
    private final long last;
    private final ServerCallStreamObserver<ExportAuditResponse> call;
    private final OpenStreams streams;
    private final Pump pump;
    private volatile boolean stopping;
    private long sent;
    private boolean over;

    private AuditStream(
            AuditLog audit,
            long after,
            long last,
            ServerCallStreamObserver<ExportAuditResponse> call,
            OpenStreams streams) {
        this.audit = audit;
        this.sent = after;
        this.last = last;
        this.call = call;
        this.streams = streams;
        this.pump = new Pump(streams.workers(), this::send);
    }

    /** Called by the thread that serves the call, before it returns. */
    static void open(
            AuditLog audit,
            long after,
            long last,
            ServerCallStreamObserver<ExportAuditResponse> call,
            OpenStreams streams) {
        AuditStream stream = new AuditStream(audit, after, last, call, streams);
        call.setOnReadyHandler(stream.pump::wake);
        call.setOnCancelHandler(stream.pump::wake);
        streams.add(stream);
        stream.pump.wake();
    }

    private void send() {
        if (over) {
            return;
        }
        try {
            sendWhileReady();
        } catch (RuntimeException e) {
            end();
            call.onError(e);
        }
    }

    private void sendWhileReady() {
        while (sent < last && !stopping && call.isReady()) {
            List<AuditLine> lines = audit.between(sent, last, LINES);
            if (lines.isEmpty()) {
                throw new IllegalStateException("entry " + (sent + 1) + " of the audit log is missing");
            }
            call.onNext(page(lines));
        }
        if (call.isCancelled()) {
            end();
        } else if (sent >= last) {
            end();
            call.onCompleted();
        } else if (stopping) {
            end();
            call.onError(OpenStreams.STOPPING.asRuntimeException());
        }
    }

    private ExportAuditResponse page(List<AuditLine> lines) {
        ExportAuditResponse.Builder page = ExportAuditResponse.newBuilder();
        int size = 0;
        for (AuditLine line : lines) {
            page.addLines(line.text());
            sent = line.seq();
            size += line.text().length();
            if (size > PAGE) {
                break;
            }
        }
        return page.build();
    }

    private void end() {
        over = true;
        streams.remove(this);
    }

    /** It waits for the client alone, who may be let in no more. */
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
