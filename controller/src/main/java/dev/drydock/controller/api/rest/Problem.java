package dev.drydock.controller.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Status;
import java.util.Locale;

/** A failure as problem details (RFC 9457) that carry the members of google.rpc.Status, so that either can be read. */
public final class Problem {
    private static final MediaType TYPE = MediaType.create("application", "problem+json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Problem() {}

    static HttpResponse answer(ServiceRequestContext context, Status status, AggregatedHttpResponse grpc) {
        return answer(status, context.path());
    }

    /** @param path of the request */
    static HttpResponse answer(Status status, String path) {
        ResponseHeaders headers = ResponseHeaders.builder(http(status.getCode()))
                .contentType(TYPE)
                .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build();
        return HttpResponse.of(headers, HttpData.ofUtf8(json(status, path)));
    }

    static String json(Status status, String path) {
        String detail = status.getDescription();
        ObjectNode problem = JSON.createObjectNode()
                .put("type", "about:blank")
                .put("title", title(status.getCode()))
                .put("status", http(status.getCode()).code())
                .put("detail", detail == null ? "" : detail)
                .put("instance", path)
                .put("code", status.getCode().value())
                .put("reason", status.getCode().name())
                .put("message", detail == null ? "" : detail);
        problem.putArray("details");
        try {
            return JSON.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and numbers are always JSON", e);
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

    private static String title(Status.Code code) {
        String words = code.name().replace('_', ' ').toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
