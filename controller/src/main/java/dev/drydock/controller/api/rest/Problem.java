package dev.drydock.controller.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorDetailsProto;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A failure as problem details (RFC 9457) that carry the members of google.rpc.Status, so that either can be read.
 *
 * @param http mostly what google.rpc.Code says of the code
 * @param details each with its "@type"
 * @param allowed the verbs that the path knows; told with a 405
 */
record Problem(HttpStatus http, Status status, List<Any> details, Set<HttpMethod> allowed) {
    static final MediaType TYPE = MediaType.create("application", "problem+json");

    /** So that clients know a token is wanted, RFC 6750. */
    private static final String CHALLENGE = "Bearer realm=\"drydock\"";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFormat.Printer DETAILS = JsonFormat.printer()
            .usingTypeRegistry(TypeRegistry.newBuilder()
                    .add(ErrorDetailsProto.getDescriptor().getMessageTypes())
                    .build());

    static Problem of(Status status) {
        return new Problem(http(status.getCode()), status, List.of(), Set.of());
    }

    static Problem of(Status status, @Nullable Metadata trailers) {
        List<Any> details = trailers == null
                ? List.of()
                : StatusProto.fromStatusAndTrailers(status, trailers).getDetailsList();
        return new Problem(http(status.getCode()), status, details, Set.of());
    }

    /** A failure that HTTP has a status for, and gRPC none of its own. */
    static Problem of(HttpStatus http, Status.Code code, String detail) {
        return new Problem(http, code.toStatus().withDescription(detail), List.of(), Set.of());
    }

    /** @param path of the request */
    HttpResponse answer(String path) {
        return HttpResponse.of(headers(), HttpData.ofUtf8(json(path)));
    }

    ResponseHeaders headers() {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(http)
                .contentType(TYPE)
                .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .add(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
        if (http.equals(HttpStatus.UNAUTHORIZED)) {
            headers.add(HttpHeaderNames.WWW_AUTHENTICATE, CHALLENGE);
        }
        if (http.equals(HttpStatus.UNSUPPORTED_MEDIA_TYPE)) {
            // RFC 9110, 15.5.16.
            headers.add(HttpHeaderNames.ACCEPT, "application/json");
        }
        if (!allowed.isEmpty()) {
            headers.add(
                    HttpHeaderNames.ALLOW,
                    allowed.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", ")));
        }
        return headers.build();
    }

    String json(String path) {
        String detail = status.getDescription() == null ? "" : status.getDescription();
        ObjectNode problem = JSON.createObjectNode()
                .put("type", "about:blank")
                .put("title", title())
                .put("status", http.code())
                .put("detail", detail)
                .put("instance", path)
                .put("code", status.getCode().value())
                .put("reason", status.getCode().name())
                .put("message", detail);
        ArrayNode told = problem.putArray("details");
        try {
            for (Any any : details) {
                told.add(JSON.readTree(DETAILS.print(any)));
            }
            return JSON.writeValueAsString(problem);
        } catch (InvalidProtocolBufferException | JsonProcessingException e) {
            throw new IllegalStateException("details are all of google.rpc, and JSON", e);
        }
    }

    /** As google.rpc.Code says of each. */
    static HttpStatus http(Status.Code code) {
        return switch (code) {
            case OK -> HttpStatus.OK;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> HttpStatus.BAD_REQUEST;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case PERMISSION_DENIED -> HttpStatus.FORBIDDEN;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case ALREADY_EXISTS, ABORTED -> HttpStatus.CONFLICT;
            case RESOURCE_EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
            case CANCELLED -> HttpStatus.valueOf(499);
            case UNIMPLEMENTED -> HttpStatus.NOT_IMPLEMENTED;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case DEADLINE_EXCEEDED -> HttpStatus.GATEWAY_TIMEOUT;
            case UNKNOWN, INTERNAL, DATA_LOSS -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    /** Of about:blank it is the status's phrase (RFC 9457, 4.2.1); 499 has none. */
    private String title() {
        String words = http.reasonPhrase().isEmpty() || http.code() == 499
                ? status.getCode().name().replace('_', ' ').toLowerCase(Locale.ROOT)
                : http.reasonPhrase();
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
