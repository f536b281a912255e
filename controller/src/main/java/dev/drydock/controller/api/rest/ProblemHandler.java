package dev.drydock.controller.api.rest;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong before a service has a request, or after it lost it, told in the one way under {@code /v1}; elsewhere as Armeria does. */
final class ProblemHandler implements ServerErrorHandler {
    static final String ROOT = "/v1/";
    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    @Override
    public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
        return isOurs(context.path()) ? of(context, cause).answer(context.path()) : null;
    }

    /** What nobody expected is logged; the client is told where to look and nothing else. */
    static Problem of(ServiceRequestContext context, Throwable failure) {
        Throwable cause = Exceptions.peel(failure);
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case StatusRuntimeException known -> Problem.of(known.getStatus(), known.getTrailers());
            case BadTextException e -> Problem.of(Status.INVALID_ARGUMENT.withDescription("path: " + e.getMessage()));
            case ContentTooLargeException e -> of(HttpStatus.REQUEST_ENTITY_TOO_LARGE);
            case RequestTimeoutException e -> of(HttpStatus.SERVICE_UNAVAILABLE);
            case HttpStatusException e -> of(e.httpStatus());
            default -> {
                String id = context.id().shortText();
                log.error("request {} {} failed, error {}", context.method(), context.path(), id, cause);
                yield Problem.of(Status.INTERNAL.withDescription(
                        "The controller failed in a way it should not. Its log says more: " + "look for error " + id
                                + "."));
            }
        };
    }

    @Override
    public @Nullable AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        if (headers == null || !isOurs(headers.path())) {
            return null;
        }
        Problem problem = of(status);
        String path = headers.path();
        int query = path.indexOf('?');
        return AggregatedHttpResponse.of(
                problem.headers(), HttpData.ofUtf8(problem.json(query < 0 ? path : path.substring(0, query))));
    }

    static Problem of(HttpStatus status) {
        return switch (status.code()) {
            case 404 -> Problem.of(status, Status.Code.NOT_FOUND, "There is nothing at this path.");
            case 405 -> Problem.of(status, Status.Code.UNIMPLEMENTED, "This path does not know the verb.");
            case 413 ->
                Problem.of(
                        status,
                        Status.Code.INVALID_ARGUMENT,
                        "body: is larger than a request may be, which is " + Limits.LARGEST_REQUEST + " bytes");
            case 503 ->
                Problem.of(status, Status.Code.UNAVAILABLE, "The request took too long, or the controller stops.");
            default ->
                Problem.of(
                        status,
                        status.isClientError() ? Status.Code.INVALID_ARGUMENT : Status.Code.INTERNAL,
                        status.reasonPhrase());
        };
    }

    private static boolean isOurs(String path) {
        return path.startsWith(ROOT);
    }
}
