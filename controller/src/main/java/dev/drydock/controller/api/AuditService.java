package dev.drydock.controller.api;

import dev.drydock.controller.security.audit.AuditEvent;
import dev.drydock.controller.security.audit.AuditLine;
import dev.drydock.controller.security.audit.AuditLog;
import dev.drydock.controller.security.audit.AuditQuery;
import dev.drydock.controller.security.audit.AuditRecorder;
import dev.drydock.proto.v1.AuditEntry;
import dev.drydock.proto.v1.AuditHead;
import dev.drydock.proto.v1.AuditOutcome;
import dev.drydock.proto.v1.AuditServiceGrpc.AuditServiceImplBase;
import dev.drydock.proto.v1.ExportAuditRequest;
import dev.drydock.proto.v1.ExportAuditResponse;
import dev.drydock.proto.v1.GetAuditHeadRequest;
import dev.drydock.proto.v1.ListAuditEntriesRequest;
import dev.drydock.proto.v1.ListAuditEntriesResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The audit log, to be read. */
public final class AuditService extends AuditServiceImplBase {
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    private final AuditLog audit;
    private final AuditRecorder recorder;
    private final OpenStreams streams;

    public AuditService(AuditLog audit, AuditRecorder recorder, OpenStreams streams) {
        this.audit = audit;
        this.recorder = recorder;
        this.streams = streams;
    }

    @Override
    public void listAuditEntries(ListAuditEntriesRequest request, StreamObserver<ListAuditEntriesResponse> call) {
        Calls.answer(call, () -> {
            List<String> problems = new ArrayList<>();
            AuditQuery query = AuditMapper.query(request, problems);
            if (!problems.isEmpty()) {
                throw Refusals.invalid(problems);
            }
            int most = request.getPageSize() == 0 ? PAGE : Math.min(request.getPageSize(), LARGEST_PAGE);
            List<AuditLine> found = audit.list(query, most + 1);
            List<AuditLine> page = found.subList(0, Math.min(most, found.size()));
            return ListAuditEntriesResponse.newBuilder()
                    .addAllEntries(withEnds(page))
                    .setNextPageToken(
                            found.size() > most ? Long.toString(page.getLast().seq()) : "")
                    .build();
        });
    }

    private List<AuditEntry> withEnds(List<AuditLine> page) {
        List<AuditEntry.Builder> entries = page.stream().map(AuditMapper::entry).toList();
        List<String> calls = entries.stream()
                .filter(AuditService::begins)
                .map(AuditEntry.Builder::getCall)
                .toList();
        Map<String, AuditLine> ends = new HashMap<>(audit.ends(calls));
        // A call that is no longer under way has its end on record by now, or never will.
        List<String> over = calls.stream()
                .filter(one -> !ends.containsKey(one) && !recorder.isUnderWay(one))
                .toList();
        ends.putAll(audit.ends(over));
        return entries.stream()
                .map(entry -> !begins(entry)
                        ? entry.build()
                        : ends.containsKey(entry.getCall())
                                ? AuditMapper.ended(entry, ends.get(entry.getCall()))
                                : over.contains(entry.getCall()) ? unknown(entry) : entry.build())
                .toList();
    }

    private static boolean begins(AuditEntry.Builder entry) {
        return entry.getKind().equals(AuditEvent.BEGUN);
    }

    private static AuditEntry unknown(AuditEntry.Builder begun) {
        return begun.setOutcome(AuditOutcome.newBuilder()
                        .setCode(Status.Code.UNKNOWN.name())
                        .setDescription(
                                "Nothing is on record after its beginning: the controller stopped meanwhile, or could not"
                                        + " write."))
                .build();
    }

    @Override
    public void exportAudit(ExportAuditRequest request, StreamObserver<ExportAuditResponse> call) {
        try {
            long last = audit.head().seq();
            if (request.getAfter() < 0 || request.getAfter() > last) {
                throw Refusals.invalid(List.of("after: " + request.getAfter()
                        + " is the number of no entry; expected 0, or one up to the last, " + last));
            }
            AuditStream.open(
                    audit, request.getAfter(), last, (ServerCallStreamObserver<ExportAuditResponse>) call, streams);
        } catch (RuntimeException e) {
            call.onError(e);
        }
    }

    @Override
    public void getAuditHead(GetAuditHeadRequest request, StreamObserver<AuditHead> call) {
        Calls.answer(call, () -> {
            dev.drydock.controller.security.audit.AuditHead head = audit.head();
            return AuditHead.newBuilder()
                    .setSeq(head.seq())
                    .setHash(head.hash())
                    .build();
        });
    }
}
