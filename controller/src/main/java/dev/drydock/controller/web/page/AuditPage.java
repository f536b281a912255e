package dev.drydock.controller.web.page;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.drydock.controller.web.http.Pager;
import dev.drydock.controller.web.http.Reply;
import dev.drydock.controller.web.http.Request;
import dev.drydock.proto.v1.AuditEntry;
import dev.drydock.proto.v1.AuditHead;
import dev.drydock.proto.v1.AuditServiceGrpc;
import dev.drydock.proto.v1.AuditServiceGrpc.AuditServiceBlockingStub;
import dev.drydock.proto.v1.GetAuditHeadRequest;
import dev.drydock.proto.v1.ListAuditEntriesRequest;
import dev.drydock.proto.v1.ListAuditEntriesResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who did what, and who was turned away; the newest first. */
public final class AuditPage {
    public static final List<String> KINDS = List.of("begun", "refused", "login", "login-failed", "logout", "started");

    public Reply list(Request request) {
        AuditServiceBlockingStub audit = request.api().calls(AuditServiceGrpc::newBlockingStub);
        ListAuditEntriesResponse answer = audit.listAuditEntries(ListAuditEntriesRequest.newBuilder()
                .setPageSize(Pager.SIZE)
                .setPageToken(request.query("page"))
                .setUser(request.query("user"))
                .setMethod(request.query("method"))
                .setKind(request.query("kind"))
                .build());
        return Reply.page(
                "audit",
                "audit",
                "Audit",
                new View(
                        answer.getEntriesList(),
                        answer.getNextPageToken(),
                        audit.getAuditHead(GetAuditHeadRequest.getDefaultInstance()),
                        request.query("user"),
                        request.query("method"),
                        request.query("kind")));
    }

    /** @param next names the next page; empty: this is the last */
    public record View(List<AuditEntry> entries, String next, AuditHead head, String user, String method, String kind) {
        public String older() {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("user", user);
            query.put("method", method);
            query.put("kind", kind);
            query.put("page", next);
            return Pager.link("/audit", query);
        }

        public String json(AuditEntry entry) {
            try {
                return JsonFormat.printer().print(entry.getRequest());
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("a struct is always JSON", e);
            }
        }
    }
}
