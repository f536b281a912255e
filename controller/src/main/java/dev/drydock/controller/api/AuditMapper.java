package dev.drydock.controller.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.drydock.controller.security.audit.AuditLine;
import dev.drydock.controller.security.audit.AuditQuery;
import dev.drydock.proto.v1.AuditEntry;
import dev.drydock.proto.v1.AuditOutcome;
import dev.drydock.proto.v1.ListAuditEntriesRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Entries of the audit log as the API tells of them: by what was hashed and nothing else. */
final class AuditMapper {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9_.]+(/[A-Za-z0-9_]+)?");
    private static final Pattern SEQ = Pattern.compile("[1-9][0-9]{0,17}");

    private AuditMapper() {}

    /** @param problems what is wrong with the request is added to */
    static AuditQuery query(ListAuditEntriesRequest request, List<String> problems) {
        if (request.getPageSize() < 0) {
            problems.add("page_size: " + request.getPageSize() + "; expected 0 or more");
        }
        if (!request.getMethod().isEmpty()
                && !METHOD.matcher(request.getMethod()).matches()) {
            problems.add("method: '" + request.getMethod()
                    + "' is no method; expected for example CreateTeam, TeamService or TeamService/CreateTeam");
        }
        boolean begin = request.getPageToken().isEmpty();
        if (!begin && !SEQ.matcher(request.getPageToken()).matches()) {
            problems.add("page_token: '" + request.getPageToken() + "' is none; expected that of the page before");
            begin = true;
        }
        Optional<Instant> from = request.hasFrom() ? Optional.of(Times.instant(request.getFrom())) : Optional.empty();
        Optional<Instant> to = request.hasTo() ? Optional.of(Times.instant(request.getTo())) : Optional.empty();
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            problems.add("to: " + to.get() + " is not after from, " + from.get());
        }
        return new AuditQuery(
                given(request.getUser()),
                given(request.getMethod()),
                given(request.getKind()),
                from,
                to,
                begin ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(request.getPageToken())));
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }

    static AuditEntry.Builder entry(AuditLine line) {
        JsonNode body = tree(line);
        AuditEntry.Builder entry = AuditEntry.newBuilder()
                .setSeq(line.seq())
                .setAt(Times.timestamp(Instant.parse(text(body, "at"))))
                .setKind(text(body, "kind"))
                .setCall(text(body, "call"))
                .setUser(text(body, "user"))
                .setCredential(text(body, "credential"))
                .setAddress(text(body, "address"))
                .setMethod(text(body, "method"))
                .setPrevious(text(body, "previous"))
                .setHash(line.hash());
        if (body.has("request")) {
            entry.setRequest(struct(body.get("request")));
        }
        if (body.has("outcome")) {
            entry.setOutcome(outcome(body));
        }
        body.path("detail")
                .properties()
                .forEach(one -> entry.putDetail(one.getKey(), one.getValue().asText()));
        return entry;
    }

    /** Shows the end of a call with its beginning. */
    static AuditEntry ended(AuditEntry.Builder begun, AuditLine end) {
        JsonNode body = tree(end);
        return begun.setOutcome(outcome(body))
                .setEndedAt(Times.timestamp(Instant.parse(text(body, "at"))))
                .build();
    }

    private static AuditOutcome outcome(JsonNode body) {
        JsonNode outcome = body.path("outcome");
        return AuditOutcome.newBuilder()
                .setCode(text(outcome, "code"))
                .setDescription(text(outcome, "description"))
                .build();
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).asText("");
    }

    private static JsonNode tree(AuditLine line) {
        try {
            return JSON.readTree(line.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("entry " + line.seq() + " of the audit log is no JSON", e);
        }
    }

    private static Struct struct(JsonNode object) {
        Struct.Builder struct = Struct.newBuilder();
        object.properties().forEach(one -> struct.putFields(one.getKey(), value(one.getValue())));
        return struct.build();
    }

    private static Value value(JsonNode node) {
        Value.Builder value = Value.newBuilder();
        return switch (node.getNodeType()) {
            case OBJECT -> value.setStructValue(struct(node)).build();
            case ARRAY -> {
                ListValue.Builder list = ListValue.newBuilder();
                node.forEach(one -> list.addValues(value(one)));
                yield value.setListValue(list).build();
            }
            case BOOLEAN -> value.setBoolValue(node.booleanValue()).build();
            case NUMBER -> value.setNumberValue(node.doubleValue()).build();
            case NULL, MISSING -> value.setNullValue(NullValue.NULL_VALUE).build();
            default -> value.setStringValue(node.asText()).build();
        };
    }
}
