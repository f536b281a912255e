package dev.drydock.controller.web.http;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.sse.ServerSentEvent;
import com.linecorp.armeria.common.stream.StreamMessage;
import com.linecorp.armeria.common.stream.StreamWriter;
import com.linecorp.armeria.server.streaming.ServerSentEvents;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An answer of the API that goes on, as server-sent events. The next message is taken when the browser has taken the one before. */
public final class Events {
    private static final long UNREFUSED_SECONDS = 2;

    private Events() {}

    public static ServerSentEvent event(String name, String html) {
        return ServerSentEvent.builder().event(name).data(html).build();
    }

    /**
     * @param open begins the call
     * @param show one message; called by one thread at a time
     */
    public static <Q, A> Reply stream(
            Request request, BiConsumer<Channel, StreamObserver<A>> open, Function<A, ServerSentEvent> show) {
        // A page that is left open for hours is no request that hangs.
        request.context().clearRequestTimeout();
        StreamWriter<ServerSentEvent> events = StreamMessage.streaming();
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        Runnable begin = () -> answer.complete(ServerSentEvents.fromPublisher(
                ResponseHeaders.builder(200)
                        .contentType(MediaType.EVENT_STREAM)
                        .add(SecurityHeaders.PAGE)
                        .build(),
                events));
        open.accept(request.api().channel(), new Passing<Q, A>(events, show, begin, answer));
        // A run may write nothing for hours, and whether one may look is known at once.
        var unused = request.context().eventLoop().schedule(begin, UNREFUSED_SECONDS, TimeUnit.SECONDS);
        return new Reply.Live(HttpResponse.of(answer));
    }

    private static final class Passing<Q, A> implements ClientResponseObserver<Q, A> {
        private final StreamWriter<ServerSentEvent> events;
        private final Function<A, ServerSentEvent> show;
        private final Runnable begin;
        private final CompletableFuture<HttpResponse> answer;
        private @Nullable ClientCallStreamObserver<Q> call;

        Passing(
                StreamWriter<ServerSentEvent> events,
                Function<A, ServerSentEvent> show,
                Runnable begin,
                CompletableFuture<HttpResponse> answer) {
            this.events = events;
            this.show = show;
            this.begin = begin;
            this.answer = answer;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<Q> call) {
            call.disableAutoRequestWithInitial(1);
            this.call = call;
            events.whenComplete().whenComplete((done, failure) -> call.cancel("the page was left", failure));
        }

        @Override
        public void onNext(A message) {
            begin.run();
            if (events.tryWrite(show.apply(message))) {
                var unused = events.whenConsumed().thenRun(() -> {
                    ClientCallStreamObserver<Q> open = call;
                    if (open != null) {
                        open.request(1);
                    }
                });
            }
        }

        /** What is refused is a refusal. Once it has begun the page asks again by itself; that it is over, it reads from the event. */
        @Override
        public void onError(Throwable failure) {
            answer.complete(Refused.problem(Status.fromThrowable(failure)));
            events.close();
        }

        @Override
        public void onCompleted() {
            begin.run();
            if (events.tryWrite(event("over", ""))) {
                events.close();
            }
        }
    }
}
