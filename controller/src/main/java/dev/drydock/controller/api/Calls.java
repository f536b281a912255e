package dev.drydock.controller.api;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.Callable;

/** How services answer. */
final class Calls {
    private Calls() {}

    /** Answers with what the work gives, or fails the call with what it throws; {@link FailureInterceptor} makes a status of that. */
    static <T> void answer(StreamObserver<T> call, Callable<T> work) {
        T answer;
        try {
            answer = work.call();
        } catch (Exception e) {
            call.onError(e);
            return;
        }
        call.onNext(answer);
        call.onCompleted();
    }
}
