package dev.drydock.controller.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import io.grpc.Status;
import java.util.Map;

/** What a page becomes when the API says no. */
final class Refused {
    private static final String WHOM_TO_ASK =
            "An administrator of the whole fleet can give roles: on the command line, drydock user grant.";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Refused() {}

    static Reply.Page page(Status status) {
        String description = status.getDescription();
        String message = description == null ? "The controller did not say why." : description;
        return switch (status.getCode()) {
            case NOT_FOUND -> page(HttpStatus.NOT_FOUND, "Not found", message);
            case PERMISSION_DENIED -> page(HttpStatus.FORBIDDEN, "Not allowed", message + "\n" + WHOM_TO_ASK);
            case UNAUTHENTICATED -> page(HttpStatus.FORBIDDEN, "Not allowed", message);
            case INVALID_ARGUMENT, FAILED_PRECONDITION, ALREADY_EXISTS, ABORTED, OUT_OF_RANGE ->
                page(HttpStatus.BAD_REQUEST, "Not done", message);
            case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED ->
                page(HttpStatus.SERVICE_UNAVAILABLE, "Try again", message);
            default -> page(HttpStatus.INTERNAL_SERVER_ERROR, "Failed", message);
        };
    }

    /** Of what is no page but goes on: as the API answers (RFC 9457). */
    static HttpResponse problem(Status status) {
        Reply.Page page = page(status);
        int code = status.getCode() == Status.Code.UNAUTHENTICATED ? HttpStatus.UNAUTHORIZED.code() : page.status();
        String detail = status.getDescription() == null ? "" : status.getDescription();
        ResponseHeaders headers = ResponseHeaders.builder(code)
                .contentType(MediaType.parse("application/problem+json"))
                .add(SecurityHeaders.PAGE)
                .build();
        try {
            return HttpResponse.of(
                    headers,
                    HttpData.wrap(
                            JSON.writeValueAsBytes(Map.of("title", page.title(), "status", code, "detail", detail))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and a number are JSON", e);
        }
    }

    static Reply.Page failed() {
        return page(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Failed",
                "The controller failed in a way it should not. Its log says more.");
    }

    private static Reply.Page page(HttpStatus status, String title, String message) {
        return new Reply.Page(status.code(), "problem", "", title, Map.of("message", message));
    }
}
