package dev.drydock.controller.web.http;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.sse.ServerSentEvent;
import com.linecorp.armeria.common.stream.StreamMessage;
import com.linecorp.armeria.common.stream.StreamWriter;
import com.linecorp.armeria.server.streaming.ServerSentEvents;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An answer of the API that goes on, as server-sent events. The next message is taken when the browser has taken the one before. */
public final class Events {
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
        open.accept(request.api().channel(), new Passing<Q, A>(events, show));
        HttpResponse response = ServerSentEvents.fromPublisher(
                ResponseHeaders.builder(200)
                        .contentType(MediaType.EVENT_STREAM)
                        .add(SecurityHeaders.PAGE)
                        .build(),
                events);
        return new Reply.Live(response);
    }

    private static final class Passing<Q, A> implements ClientResponseObserver<Q, A> {
        private final StreamWriter<ServerSentEvent> events;
        private final Function<A, ServerSentEvent> show;
        private @Nullable ClientCallStreamObserver<Q> call;

        Passing(StreamWriter<ServerSentEvent> events, Function<A, ServerSentEvent> show) {
            this.events = events;
            this.show = show;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<Q> call) {
            call.disableAutoRequestWithInitial(1);
            this.call = call;
            events.whenComplete().whenComplete((done, failure) -> call.cancel("the page was left", failure));
        }

        @Override
        public void onNext(A message) {
            if (events.tryWrite(show.apply(message))) {
                var unused = events.whenConsumed().thenRun(() -> {
                    ClientCallStreamObserver<Q> open = call;
                    if (open != null) {
                        open.request(1);
                    }
                });
            }
        }

        /** The page asks again by itself; that it is over, it reads from the event. */
        @Override
        public void onError(Throwable failure) {
            events.close();
        }

        @Override
        public void onCompleted() {
            if (events.tryWrite(event("over", ""))) {
                events.close();
            }
        }
    }
}
