package dev.drydock.controller.api.rest;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.drydock.controller.api.rest.Routes.Match;
import dev.drydock.controller.api.rest.Routes.NoSuchPath;
import dev.drydock.controller.api.rest.Routes.WrongVerb;
import io.grpc.ClientCall;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** All of the API under {@code /v1}, by the verbs and paths that its definition gives. */
final class RestService implements HttpService {
    private static final ResponseHeaders OK = ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.JSON)
            .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .add(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
            .build();

    private final Routes routes;
    private final InsideCalls inside;
    private final Duration heartbeat;

    /** @param heartbeat of streams that have nothing to say */
    RestService(Routes routes, InsideCalls inside, Duration heartbeat) {
        this.routes = routes;
        this.inside = inside;
        this.heartbeat = heartbeat;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws BadTextException {
        return switch (routes.find(request.method(), context.path())) {
            case NoSuchPath() ->
                Problem.of(HttpStatus.NOT_FOUND, Status.Code.NOT_FOUND, "There is nothing at this path.")
                        .answer(context.path());
            case WrongVerb wrong ->
                new Problem(
                                HttpStatus.METHOD_NOT_ALLOWED,
                                Status.UNIMPLEMENTED.withDescription(
                                        "This path does not know " + request.method() + "."),
                                List.of(),
                                wrong.allowed())
                        .answer(context.path());
            case Match match -> serve(match, context, request);
        };
    }

    private HttpResponse serve(Match match, ServiceRequestContext context, HttpRequest request) {
        HttpBinding binding = match.binding();
        if (binding.isUpload()) {
            return ArtifactUpload.canServe(binding)
                    ? ArtifactUpload.serve(binding, inside, context, request)
                    : Problem.of(Status.UNIMPLEMENTED.withDescription(
                                    "This call takes a stream, which only gRPC can send."))
                            .answer(context.path());
        }
        long length = request.headers().getLong(HttpHeaderNames.CONTENT_LENGTH, 0);
        if (length > Limits.LARGEST_REQUEST) {
            return tooLarge(length, context, request);
        }
        return HttpResponse.of(request.aggregate()
                .thenCompose(whole -> {
                    if (!whole.content().isEmpty() && !isJson(request.contentType())) {
                        return CompletableFuture.completedFuture(Problem.of(
                                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                                        Status.Code.INVALID_ARGUMENT,
                                        "body: is " + request.contentType() + ", not application/json")
                                .answer(context.path()));
                    }
                    Message message = RequestReader.read(
                            binding,
                            match.variables(),
                            query(context),
                            whole.content().array());
                    return call(binding, message, context, request);
                })
                .exceptionally(failure -> ProblemHandler.of(context, failure).answer(context.path())));
    }

    /** Many clients read no answer before they have sent all: what is not far too large is let in and dropped. */
    private static HttpResponse tooLarge(long length, ServiceRequestContext context, HttpRequest request) {
        Problem problem = ProblemHandler.of(HttpStatus.REQUEST_ENTITY_TOO_LARGE);
        if (length > Limits.LARGEST_DROPPED) {
            return problem.answer(context.path());
        }
        context.setMaxRequestLength(Limits.LARGEST_DROPPED);
        return HttpResponse.of(request.subscribe().handle((end, failure) -> problem.answer(context.path())));
    }

    private CompletionStage<HttpResponse> call(
            HttpBinding binding, Message message, ServiceRequestContext context, HttpRequest request) {
        ClientCall<Message, Message> call = inside.call(context, request, binding);
        if (binding.isStream()) {
            return EventStream.start(call, Resumption.from(binding, message, request), context, heartbeat);
        }
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        ClientCalls.asyncUnaryCall(call, message, new UnaryAnswer(answer, context));
        // Whoever has gone does not wait for it.
        context.log().whenComplete().thenRun(() -> call.cancel("the client is gone", null));
        return answer;
    }

    static HttpResponse json(Message message) {
        return HttpResponse.of(OK, ProtoJson.data(message));
    }

    static String query(ServiceRequestContext context) {
        @Nullable String query = context.query();
        return query == null ? "" : query;
    }

    private static boolean isJson(@Nullable MediaType type) {
        return type != null && type.isJson() && StandardCharsets.UTF_8.equals(type.charset(StandardCharsets.UTF_8));
    }
}
