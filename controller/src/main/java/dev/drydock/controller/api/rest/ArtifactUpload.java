package dev.drydock.controller.api.rest;

import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.drydock.proto.v1.ArtifactHead;
import dev.drydock.proto.v1.ArtifactServiceGrpc;
import dev.drydock.proto.v1.PushArtifactRequest;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The one call that takes a stream, as a plain upload: the head is the query, the content the body. The next piece is let in when
 * the service wants one.
 */
final class ArtifactUpload extends ClientCall.Listener<Message> implements Subscriber<HttpObject> {
    /** As the library has it; here only so that nobody sends for ever. */
    private static final long LARGEST = 1L << 30;

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final ClientCall<Message, Message> call;
    private final ServiceRequestContext context;
    private final long size;
    private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    private @Nullable Subscription body;
    private @Nullable Message pushed;
    private @Nullable HttpResponse outcome;
    private boolean asked;
    private boolean bodyEnded;
    private boolean callEnded;

    private ArtifactUpload(ClientCall<Message, Message> call, ServiceRequestContext context, long size) {
        this.call = call;
        this.context = context;
        this.size = size;
    }

    static boolean canServe(HttpBinding binding) {
        return binding.method()
                .getFullMethodName()
                .equals(ArtifactServiceGrpc.getPushArtifactMethod().getFullMethodName());
    }

    static HttpResponse serve(
            HttpBinding binding, InsideCalls inside, ServiceRequestContext context, HttpRequest request) {
        if (request.contentType() == null || !request.contentType().is(MediaType.OCTET_STREAM)) {
            return Problem.of(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            Status.Code.INVALID_ARGUMENT,
                            "body: is " + request.contentType() + ", not application/octet-stream")
                    .answer(context.path());
        }
        long size = request.headers().getLong(HttpHeaderNames.CONTENT_LENGTH, -1);
        if (size < 0) {
            return Problem.of(HttpStatus.LENGTH_REQUIRED, Status.Code.INVALID_ARGUMENT, "Content-Length: is not given")
                    .answer(context.path());
        }
        context.setMaxRequestLength(LARGEST);
        context.setRequestTimeout(PATIENCE);
        ArtifactHead head = head(RestService.query(context), size);
        ArtifactUpload upload = new ArtifactUpload(inside.call(context, request, binding), context, size);
        upload.begin(head);
        context.log().whenComplete().thenRun(() -> upload.call.cancel("the client is gone", null));
        request.subscribe(upload, context.eventLoop());
        return HttpResponse.of(upload.answer);
    }

    private static ArtifactHead head(String query, long size) {
        ArtifactHead.Builder head = ArtifactHead.newBuilder();
        JsonRequest json = new JsonRequest();
        try {
            QueryParameters.parse(query)
                    .forEach((name, values) -> QueryParameters.put(name, values, "size", head, json));
        } catch (BadTextException e) {
            json.problems().add("query: " + e.getMessage());
        }
        if (!json.problems().isEmpty()) {
            throw Status.INVALID_ARGUMENT
                    .withDescription(String.join("\n", json.problems()))
                    .asRuntimeException();
        }
        return head.setSize(size).build();
    }

    private void begin(ArtifactHead head) {
        call.start(this, new Metadata());
        call.request(2);
        call.sendMessage(PushArtifactRequest.newBuilder().setHead(head).build());
    }

    // Of the body.

    @Override
    public void onSubscribe(Subscription subscription) {
        synchronized (this) {
            body = subscription;
        }
        more();
    }

    @Override
    public void onNext(HttpObject part) {
        boolean drop;
        synchronized (this) {
            asked = false;
            drop = callEnded;
        }
        if (!drop && part instanceof HttpData data && !data.isEmpty()) {
            call.sendMessage(PushArtifactRequest.newBuilder()
                    .setData(UnsafeByteOperations.unsafeWrap(data.array()))
                    .build());
        }
        more();
    }

    @Override
    public void onError(Throwable failure) {
        call.cancel("the content did not come whole", failure);
        answer.complete(ProblemHandler.of(context, failure).answer(context.path()));
    }

    @Override
    public void onComplete() {
        synchronized (this) {
            bodyEnded = true;
        }
        call.halfClose();
        answerWhenBothEnded();
    }

    /** What is left after the call's end is let in and dropped: many clients read no answer before they have sent all. */
    private void more() {
        @Nullable Subscription asking = null;
        synchronized (this) {
            if (body != null && !asked && !bodyEnded && (callEnded || call.isReady())) {
                asked = true;
                asking = body;
            }
        }
        if (asking != null) {
            asking.request(1);
        }
    }

    // Of the call.

    @Override
    public void onReady() {
        more();
    }

    @Override
    public void onMessage(Message message) {
        synchronized (this) {
            pushed = message;
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        synchronized (this) {
            callEnded = true;
            outcome = status.isOk() && pushed != null
                    ? RestService.json(pushed)
                    : Problem.of(status, trailers).answer(context.path());
            if (!status.isOk() && size > Limits.LARGEST_DROPPED) {
                // Not worth the wait, even where the client will not see why.
                bodyEnded = true;
            }
        }
        more();
        answerWhenBothEnded();
    }

    private void answerWhenBothEnded() {
        @Nullable HttpResponse told;
        synchronized (this) {
            told = bodyEnded && callEnded ? outcome : null;
        }
        if (told != null) {
            answer.complete(told);
        }
    }
}
