package dev.drydock.controller.api.rest;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes the HTTP answer of a call's one message, or of its failure. */
final class UnaryAnswer implements StreamObserver<Message> {
    private final CompletableFuture<HttpResponse> answer;
    private final ServiceRequestContext context;
    private @Nullable Message message;

    UnaryAnswer(CompletableFuture<HttpResponse> answer, ServiceRequestContext context) {
        this.answer = answer;
        this.context = context;
    }

    @Override
    public void onNext(Message next) {
        message = next;
    }

    @Override
    public void onError(Throwable failure) {
        answer.complete(ProblemHandler.of(context, failure).answer(context.path()));
    }

    @Override
    public void onCompleted() {
        Message told = message;
        if (told == null) {
            onError(new IllegalStateException("the call ended well and without an answer"));
            return;
        }
        try {
            answer.complete(RestService.json(told));
        } catch (RuntimeException e) {
            onError(e);
        }
    }
}
